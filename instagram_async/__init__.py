"""Asyncio client for the Instagram API v1."""
from instagram_async.models import Tag as Tag, Media as Media
from instagram_async.v1.structure import structure as structure, unstructure as unstructure
