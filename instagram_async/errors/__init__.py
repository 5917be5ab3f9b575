"""Everything that can go wrong, as one tree.

::

    InstagramError               operation, checkpoint
    ├── ClientClosedError        the client was closed
    ├── TransportError           no reply: connection lost, timed out, too large
    │   └── ConnectError         the request was surely never sent
    ├── ResponseError            path, raw: a reply, or an item of one, can't be read
    ├── RateLimitError           family, retry_at, status: the quota, theirs or ours
    ├── QuotaStoreError          the shared quota can't be asked; nothing was sent
    ├── APIError                 status, error_type, message: the server said no
    │   ├── AuthenticationError      the token, or the lack of one
    │   │   └── SignatureError       the signature, or the lack of one
    │   ├── PermissionDeniedError    scope, approval, privacy
    │   ├── NotFoundError            no such user, media or page
    │   ├── InvalidRequestError      a parameter that the server refuses
    │   ├── RetiredError             an operation that was switched off
    │   └── ServerError              5xx
    ├── PagingError              kind: the listing itself misbehaves
    ├── UncertainWriteError      a write that may or may not have been carried out
    └── DownloadError            kind: a file can't be had, or not be kept

Every error names its operation, such as `GET users/{id}/media/recent`, and never a URL,
can be pickled, and carries the checkpoint of its listing where it has one. None of them
holds a secret: not in its text, its causes or the frames it passed through.
"""

from instagram_async.errors.calls import ClientClosedError as ClientClosedError
from instagram_async.errors.calls import ConnectError as ConnectError
from instagram_async.errors.calls import DownloadError as DownloadError
from instagram_async.errors.calls import InstagramError as InstagramError
from instagram_async.errors.calls import PagingError as PagingError
from instagram_async.errors.calls import QuotaStoreError as QuotaStoreError
from instagram_async.errors.calls import RateLimitError as RateLimitError
from instagram_async.errors.calls import ResponseError as ResponseError
from instagram_async.errors.calls import TransportError as TransportError
from instagram_async.errors.calls import UncertainWriteError as UncertainWriteError
from instagram_async.errors.refusals import APIError as APIError
from instagram_async.errors.refusals import AuthenticationError as AuthenticationError
from instagram_async.errors.refusals import InvalidRequestError as InvalidRequestError
from instagram_async.errors.refusals import NotFoundError as NotFoundError
from instagram_async.errors.refusals import PermissionDeniedError as PermissionDeniedError
from instagram_async.errors.refusals import RetiredError as RetiredError
from instagram_async.errors.refusals import ServerError as ServerError
from instagram_async.errors.refusals import SignatureError as SignatureError
