"""The entities of the API as inert, frozen values; they know nothing of any wire."""

from instagram_async.models.comment import Comment as Comment
from instagram_async.models.location import Location as Location
from instagram_async.models.media import Attribution as Attribution
from instagram_async.models.media import CarouselItem as CarouselItem
from instagram_async.models.media import Comments as Comments
from instagram_async.models.media import Likes as Likes
from instagram_async.models.media import Media as Media
from instagram_async.models.relationship import Relationship as Relationship
from instagram_async.models.rendition import Images as Images
from instagram_async.models.rendition import Rendition as Rendition
from instagram_async.models.rendition import Videos as Videos
from instagram_async.models.shortcode import pk_to_shortcode as pk_to_shortcode
from instagram_async.models.shortcode import shortcode_to_pk as shortcode_to_pk
from instagram_async.models.tag import Tag as Tag
from instagram_async.models.user import Counts as Counts
from instagram_async.models.user import Position as Position
from instagram_async.models.user import TaggedUser as TaggedUser
from instagram_async.models.user import User as User
from instagram_async.models.user import UserInPhoto as UserInPhoto
from instagram_async.models.user import UserSummary as UserSummary
