"""Files of pictures and videos, from wherever the API says that they are."""

from instagram_async.downloads.single import download as download
