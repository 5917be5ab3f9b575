"""Posts: pictures, videos and carousels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from instagram_async.models.comment import Comment
from instagram_async.models.fields import Instant
from instagram_async.models.location import Location
from instagram_async.models.rendition import Images, Videos, largest
from instagram_async.models.shortcode import pk_to_shortcode
from instagram_async.models.user import UserInPhoto, UserSummary

if TYPE_CHECKING:
    from typing import Literal

    MediaType = Literal["image", "video", "carousel"] | str
else:
    MediaType = str


@frozen(kw_only=True)
class Comments:
    """The comments of a media (reference B.1).

    Attributes:
        count: how many there are; this is the truth, the list is a sample.
        data: the newest few, oldest first; empty for apps since November 2015.

    Example:
        >>> Comments(count=12).data
        ()
    """

    count: int = 0
    data: tuple[Comment, ...] = ()


@frozen(kw_only=True)
class Likes:
    """The likes of a media (reference B.1).

    Attributes:
        count: how many there are; this is the truth, the list is a sample.
        data: some who liked it; empty for apps since November 2015.

    Example:
        >>> Likes(count=12).count
        12
    """

    count: int = 0
    data: tuple[UserSummary, ...] = ()


@frozen(kw_only=True)
class Attribution:
    """The app that a media was made with (reference B.1).

    Attributes:
        name: the app's name.
        website: its address.
        itunes_url: its page in the store.

    Example:
        >>> Attribution(name="Hipstamatic").name
        'Hipstamatic'
    """

    name: str | None = None
    website: str | None = None
    itunes_url: str | None = None


@frozen(kw_only=True)
class CarouselItem:
    """One picture or video of a carousel; it has no id of its own (reference B.1).

    Attributes:
        type: `image` or `video`; a value not known yet is kept as it is.
        images: the picture's renditions; `None` for a video.
        videos: the video's renditions; `None` for a picture.
        users_in_photo: who is tagged on it.

    Example:
        >>> CarouselItem(type="image").is_video
        False
    """

    type: MediaType = "image"
    images: Images | None = None
    videos: Videos | None = None
    users_in_photo: tuple[UserInPhoto, ...] = ()

    @property
    def is_video(self) -> bool:
        """Whether it is a video."""
        return self.type == "video"

    @property
    def url(self) -> str | None:
        """URL of the largest video rendition, else of the largest picture, else `None`."""
        return largest(self.videos) or largest(self.images)


@frozen(kw_only=True)
class Media:
    """A post (reference B.1). Everything but its id, time and user may be missing.

    Attributes:
        id: `<pk>_<user id>`, of 2011 only digits.
        created_time: when it was posted, aware, UTC.
        user: who posted it.
        type: `image`, `video` or `carousel`; a value not known yet is kept as it is.
        link: the permalink, `None` for some media of 2011.
        images: renditions of the picture, or of the cover of a video or carousel.
        videos: renditions of the video; `None` for pictures, and for videos of 2013.
        carousel_media: the parts of a carousel, in their order.
        caption: the text under the picture, with its author.
        comments: their number and, before November 2015, some of them.
        likes: their number and, before November 2015, some who gave them.
        location: where it was taken, as far as is known.
        tags: hashtags, lower-cased, without `#`.
        filter: name of the filter, such as `Normal`.
        attribution: the app that it was made with.
        users_in_photo: who is tagged on it.
        user_has_liked: whether the token's owner likes it; `None` without a token.
        distance: metres from the point asked for, only from `GET /media/search`.

    Example:
        >>> from datetime import UTC, datetime
        >>> media = Media(
        ...     id="64_9",
        ...     created_time=datetime(2015, 9, 12, tzinfo=UTC),
        ...     user=UserSummary(id="9", username="ann"),
        ... )
        >>> media.shortcode, media.is_video, media.url
        ('BA', False, None)
    """

    id: str
    created_time: Instant
    user: UserSummary
    type: MediaType = "image"
    link: str | None = None
    images: Images | None = None
    videos: Videos | None = None
    carousel_media: tuple[CarouselItem, ...] = ()
    caption: Comment | None = None
    comments: Comments = Comments()
    likes: Likes = Likes()
    location: Location | None = None
    tags: tuple[str, ...] = ()
    filter: str | None = None
    attribution: Attribution | None = None
    users_in_photo: tuple[UserInPhoto, ...] = ()
    user_has_liked: bool | None = None
    distance: float | None = None

    @property
    def is_video(self) -> bool:
        """Whether it is a video."""
        return self.type == "video"

    @property
    def url(self) -> str | None:
        """URL of the largest video rendition, else of the largest picture, else `None`."""
        return largest(self.videos) or largest(self.images)

    @property
    def shortcode(self) -> str | None:
        """The part of the permalink after `/p/`, else the id's number in base 64.

        `None` for a media that has neither a permalink nor a number in its id.
        """
        if self.link and "/p/" in self.link:
            code = self.link.partition("/p/")[2].partition("?")[0].partition("/")[0]
            if code:
                return code
        pk = self.id.partition("_")[0]
        return pk_to_shortcode(int(pk)) if pk.isdecimal() and len(pk) < 20 else None
