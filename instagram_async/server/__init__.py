"""A local server that speaks the Instagram API v1, and the world that it serves."""

from instagram_async.server.app import App as App
from instagram_async.server.bounds import Bounds as Bounds
from instagram_async.server.circle import Circle as Circle
from instagram_async.server.faults import Fault as Fault
from instagram_async.server.faults import FaultKind as FaultKind
from instagram_async.server.faults import Faults as Faults
from instagram_async.server.local import LocalInstagram as LocalInstagram
from instagram_async.server.store.errors import WorldFileError as WorldFileError
from instagram_async.server.world import World as World
