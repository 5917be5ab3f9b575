"""What tests need: time that stands still, and replies that are written in advance."""

from instagram_async.testing.clock import ManualClock as ManualClock
from instagram_async.testing.transport import Script as Script
from instagram_async.testing.transport import ScriptedTransport as ScriptedTransport
