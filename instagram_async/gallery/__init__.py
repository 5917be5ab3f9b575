"""A page of pictures made of an export, for a browser without a network."""

from instagram_async.gallery.exports import media_of
from instagram_async.gallery.site import Site, write_site

__all__ = ["Site", "media_of", "write_site"]
