"""The OpenAPI document of v1, and the page of the docs that lists its operations.

`python -m instagram_async.v1.openapi` prints the document as JSON, with `--markdown` the page.
"""

from instagram_async.v1.openapi.document import document as document
