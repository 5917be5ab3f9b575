"""What tests need: replies written in advance, time that stands still, models, clean recordings."""

from instagram_async.testing.clock import ManualClock as ManualClock
from instagram_async.testing.factories import make_comment as make_comment
from instagram_async.testing.factories import make_location as make_location
from instagram_async.testing.factories import make_media as make_media
from instagram_async.testing.factories import make_relationship as make_relationship
from instagram_async.testing.factories import make_tag as make_tag
from instagram_async.testing.factories import make_user as make_user
from instagram_async.testing.factories import make_user_summary as make_user_summary
from instagram_async.testing.scrub import scrub as scrub
from instagram_async.testing.transport import Script as Script
from instagram_async.testing.transport import ScriptedTransport as ScriptedTransport
