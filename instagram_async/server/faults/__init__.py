"""What can be made to go wrong, when it does, and what it does to a request.

`kinds` is the vocabulary. A kind acts at one stage of a request, and the modules of the
stages hold the acts: `early`, `answers`, `bending` with `changes`, `retouching`, `leaving`.
"""

from instagram_async.server.faults.fault import Fault as Fault
from instagram_async.server.faults.kinds import FaultKind as FaultKind
from instagram_async.server.faults.script import Faults as Faults
