"""Operations on tags (reference A.6)."""

from __future__ import annotations

from instagram_async.models import Media, Tag
from instagram_async.paging import Pager
from instagram_async.v1 import operations as table
from instagram_async.v1.checks import checked_tag, checked_tag_id, checked_tag_query
from instagram_async.v1.endpoints.section import Section


class TagEndpoints(Section):
    """Hashtags and what carries them."""

    async def tag(self, name: str) -> Tag:
        """A tag and how often it is used.

        Args:
            name: without `#`, any Unicode.

        Returns:
            The tag.

        Raises:
            ValueError: the name is empty, or has a `#` or a space; nothing was sent.
            PermissionDeniedError: the tag is banned.
            InstagramError: see the tree in `instagram_async.errors`.

        Example:
            >>> print((await client.tag("snow")).media_count)

        Implements `GET /tags/{name}` (reference A.6, row 16).
        """
        return await self._one(table.TAG, checked_tag(name))

    def tag_search(self, q: str, *, count: int | None = None) -> Pager[Tag]:
        """Tags that begin with a word.

        Args:
            q: the word, without `#`.
            count: how many at most, 50 if not given.

        Returns:
            A pager over the one page that there is.

        Raises:
            ValueError: `q` is empty or has a `#`; nothing was sent.

        Example:
            >>> tags = await client.tag_search("sn").collect()

        Implements `GET /tags/search` (reference A.6, row 15).
        """
        return self._pager(table.TAG_SEARCH, q=checked_tag_query(q), count=count)

    def tag_recent(
        self,
        name: str,
        *,
        count: int | None = None,
        min_tag_id: str | None = None,
        max_tag_id: str | None = None,
    ) -> Pager[Media]:
        """Media that carry a tag, the latest tagged first.

        Args:
            name: without `#`, any Unicode.
            count: size of a page, 20 if not given; the server cuts it at 33.
            min_tag_id: only what was tagged after this, a page's `min_tag_id`; without it.
            max_tag_id: only what was tagged before this, a `next_max_tag_id`; with it.

        Returns:
            A pager of media, in the order in which they were tagged, which is not that of
            `created_time`.

        Raises:
            ValueError: the name is empty, or has a `#` or a space, or a tag id has the `_`
                of a media id; nothing was sent.
            PermissionDeniedError: on iterating: the tag is banned.

        Example:
            >>> async for media in client.tag_recent("snow").limit(10):
            ...     print(media.link)

        Implements `GET /tags/{name}/media/recent` (reference A.6, row 17; A.9).
        """
        return self._pager(
            table.TAG_RECENT,
            checked_tag(name),
            count=count,
            min_tag_id=checked_tag_id("min_tag_id", min_tag_id),
            max_tag_id=checked_tag_id("max_tag_id", max_tag_id),
        )
