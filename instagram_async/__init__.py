"""Asyncio client for the Instagram API v1, with streaming pagination and typed models."""

import importlib as _importlib
import typing as _typing

from instagram_async._version import __version__
from instagram_async.aiohttp_door import AiohttpTransport
from instagram_async.clock import Clock
from instagram_async.errors import (
    APIError,
    AuthenticationError,
    ClientClosedError,
    ConnectError,
    DownloadError,
    InstagramError,
    InvalidRequestError,
    NotFoundError,
    PagingError,
    PermissionDeniedError,
    QuotaStoreError,
    RateLimitError,
    ResponseError,
    RetiredError,
    ServerError,
    SignatureError,
    TransportError,
    UncertainWriteError,
)
from instagram_async.hooks import AttemptEnded, Hooks, QuotaWait, RequestSent, RetryPlanned
from instagram_async.models import (
    Attribution,
    CarouselItem,
    Comment,
    Comments,
    Counts,
    Images,
    Likes,
    Location,
    Media,
    Position,
    Relationship,
    Rendition,
    Tag,
    TaggedUser,
    User,
    UserInPhoto,
    UserSummary,
    Videos,
    pk_to_shortcode,
    shortcode_to_pk,
)
from instagram_async.paging import (
    Items,
    Listing,
    Page,
    Pager,
    Pages,
    Report,
    Unreadable,
    Watch,
    WindowedPager,
    watch,
)
from instagram_async.quota import MemoryStore, Quota, RateLimitSemaphore, ServerQuota
from instagram_async.retry import Retry
from instagram_async.transport import Request, Response, Timeout, Transport
from instagram_async.v1.client import Client
from instagram_async.v1.envelope import Reply
from instagram_async.v1.grants import AuthorizationCode, AuthorizationRequest, Grant, UserGrant
from instagram_async.v1.oauth import OAuth
from instagram_async.v1.structure import structure, unstructure

if _typing.TYPE_CHECKING:
    from instagram_async.downloads import download
    from instagram_async.quota.redis import RedisStore as RedisStore
    from instagram_async.quota.sqlite import SQLiteStore

# `RedisStore` is not among them: a star would need the extra `redis`.
__all__ = [
    "APIError",
    "AiohttpTransport",
    "AttemptEnded",
    "Attribution",
    "AuthenticationError",
    "AuthorizationCode",
    "AuthorizationRequest",
    "CarouselItem",
    "Client",
    "ClientClosedError",
    "Clock",
    "Comment",
    "Comments",
    "ConnectError",
    "Counts",
    "DownloadError",
    "Grant",
    "Hooks",
    "Images",
    "InstagramError",
    "InvalidRequestError",
    "Items",
    "Likes",
    "Listing",
    "Location",
    "Media",
    "MemoryStore",
    "NotFoundError",
    "OAuth",
    "Page",
    "Pager",
    "Pages",
    "PagingError",
    "PermissionDeniedError",
    "Position",
    "Quota",
    "QuotaStoreError",
    "QuotaWait",
    "RateLimitError",
    "RateLimitSemaphore",
    "Relationship",
    "Rendition",
    "Reply",
    "Report",
    "Request",
    "RequestSent",
    "Response",
    "ResponseError",
    "RetiredError",
    "Retry",
    "RetryPlanned",
    "SQLiteStore",
    "ServerError",
    "ServerQuota",
    "SignatureError",
    "Tag",
    "TaggedUser",
    "Timeout",
    "Transport",
    "TransportError",
    "UncertainWriteError",
    "Unreadable",
    "User",
    "UserGrant",
    "UserInPhoto",
    "UserSummary",
    "Videos",
    "Watch",
    "WindowedPager",
    "__version__",
    "download",
    "pk_to_shortcode",
    "shortcode_to_pk",
    "structure",
    "unstructure",
    "watch",
]

_LATER = {"RedisStore": "quota.redis", "SQLiteStore": "quota.sqlite", "download": "downloads"}

if not _typing.TYPE_CHECKING:  # to a type checker there are no names but those above

    def __getattr__(name: str) -> object:
        # Few clients share a quota or fetch files: the others need not import what that takes.
        if name in _LATER:
            return getattr(_importlib.import_module(f"instagram_async.{_LATER[name]}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
