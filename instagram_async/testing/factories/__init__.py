"""Models for tests: the same number gives the same model, and every field can be given."""

from instagram_async.testing.factories.people import make_relationship as make_relationship
from instagram_async.testing.factories.people import make_user as make_user
from instagram_async.testing.factories.people import make_user_summary as make_user_summary
from instagram_async.testing.factories.posts import make_comment as make_comment
from instagram_async.testing.factories.posts import make_media as make_media
from instagram_async.testing.factories.surroundings import make_location as make_location
from instagram_async.testing.factories.surroundings import make_tag as make_tag
