"""Three named mistakes for each thinking file, and the tests that must notice them."""

from __future__ import annotations

from tests.support.mutant import mistakes as _of
from tests.support.mutants_bulk import BULK
from tests.support.mutants_downloads import DOWNLOADS
from tests.support.mutants_gallery import GALLERY
from tests.support.mutants_v1 import V1

MUTANTS = [
    *BULK,
    *DOWNLOADS,
    *GALLERY,
    *V1,
    *_of(
        "errors.py",
        "test_errors.py",
        ("pickling loses the rest", "super().__init__(message, operation, *more)", "super().__init__(message, operation)"),
        ("the operation is not named", 'f"{self.operation}: {self.message}" if self.operation', "self.message if self.operation"),
        ("the path is not named", 'f"{super().__str__()} at {self.path}" if self.path', "super().__str__() if self.path"),
    ),
    *_of(
        "models/fields.py",
        "test_structure.py",
        ("booleans are ids", "type(value) is int or", "isinstance(value, int) or"),
        ("numbers are no ids", "type(value) is int or type(value) is str", "type(value) is str"),
        ("an id stays a number", "return str(value)", "return value"),
    ),
    *_of(
        "models/media.py",
        "test_models.py",
        ("the picture comes before the video", "largest(self.videos) or largest(self.images)", "largest(self.images) or largest(self.videos)"),
        ("a carousel is a video", 'return self.type == "video"', 'return self.type != "image"'),
        ("the shortcode keeps the slash", '.partition("/")[0]', ""),
    ),
    *_of(
        "models/pk.py",
        "test_models.py",
        ("numbers count from 1970", "(pk >> LOW_BITS) + _EPOCH_MS", "(pk >> LOW_BITS)"),
        ("a second has a hundred milliseconds", "pk_ms(pk) // 1000", "pk_ms(pk) // 100"),
        ("later is earlier", "pk + (ms << LOW_BITS)", "pk - (ms << LOW_BITS)"),
    ),
    *_of(
        "models/rendition.py",
        "test_models.py",
        ("the smallest wins", "return max(known", "return min(known"),
        ("width alone counts", "size.width * size.height", "size.width"),
        ("the thumbnail is forgotten", "renditions.low_resolution, small)", "renditions.low_resolution)"),
    ),
    *_of(
        "models/shortcode.py",
        "test_models.py",
        ("private codes are not cut", "if len(shortcode) > 28", "if len(shortcode) > 280"),
        ("digits come before letters", '"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"', '"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"'),
        ("zero has no code", "while pk or not letters:", "while pk:"),
    ),
    *_of(
        "paging/axis.py",
        "test_cursors.py test_parallel_properties.py",
        ("windows ask for no more than they hold below", "int(low) - self.slack", "int(low) + self.slack"),
        ("windows ask for less than they hold above", "int(high) - 1 + self.slack", "int(high) - 1 - self.slack"),
        ("a window's own bounds come beside the listing's", "if pair[0] not in names", "if pair[0]"),
    ),
    *_of(
        "paging/checkpoint.py",
        "test_checkpoint.py",
        ("another listing is accepted", "if name != str(listing):", "if not name:"),
        ("another version is accepted", "if version != _VERSION:", "if not version:"),
        ("the end is forgotten", "return Place(cursor, given, ended, owed, Marks(*marks), axis, ranges)", "return Place(cursor, given, False, owed, Marks(*marks), axis, ranges)"),
    ),
    *_of(
        "paging/cursor.py",
        "test_walk.py test_walk_places.py",
        ("an empty text is a cursor", "if value:  # null", "if value is not None:  # null"),
        ("the cursor stands beside the old one", "kept = tuple(pair for pair in params if pair[0] != self.parameter)", "kept = params"),
        ("a page cut anywhere is cut by an id", "if number is None or number >= above:", "if number is None:"),
    ),
    *_of(
        "paging/listing.py",
        "test_pager.py test_pager_errors.py test_checkpoint.py",
        ("the order of parameters names it", "sorted(self.params)", "reversed(sorted(self.params))"),
        ("the page size is part of its name", "sorted(self.params)", "sorted(self.params + self.page_size)"),
        ("its path is no part of its name", '{method} {self.path}?', "{method} ?"),
    ),
    *_of(
        "paging/backoff.py",
        "test_backoff.py",
        ("a shape that stays is survived", 'return error.path == ""', 'return True'),
        ("the backoff has no end", "min(_CAP, 2.0 ** min(failures - 1, 60))", "2.0 ** min(failures - 1, 60)"),
        ("the quota's own word is not heeded", "return max(back, error.retry_at.timestamp())", "return back"),
    ),
    *_of(
        "paging/readers.py",
        "test_readers.py test_parallel.py",
        ("a window that is read by cursor begins at the top", "        if tail:", "        if not tail:"),
        ("an open range asks for everything below", "reader.low = -inf if high == inf else low", "reader.low = -inf"),
        ("the lowest span has no end", "if axis.stride is not None and window.low == -inf:", "if axis.stride is not None and window.low != -inf:"),
    ),
    *_of(
        "paging/reading.py",
        "test_parallel.py test_parallel_errors.py test_parallel_properties.py",
        ("windows give what is above them", "if window.low <= number < window.high", "if window.low <= number"),
        ("deaf ears are not noticed", "if any(axis.is_outside(number, window.high) for number in numbers):", "if False:"),
        ("an error is asked away", "window.busy, window.parked = False, True\n        self.readers.of(window).error", "window.busy, window.parked = False, False\n        self.readers.of(window).error"),
    ),
    *_of(
        "paging/round.py",
        "test_round.py",
        ("the newest are kept", "heappushpop(self._kept, held)", "pass"),
        ("what was told is told again", "if name in batch.blind and name in self._told:", "if False:"),
        ("numbers do not count", "self._depth = -number", "self._depth = -inf"),
    ),
    *_of(
        "paging/merged_rule.py",
        "test_readers.py test_parallel_spans.py",
        ("the last page leads on", 'if not reply.pagination["more"]:', 'if False:'),
        ("the next page is behind the first item", "self.behind(cursor, names, len(names))", "self.behind(cursor, names, 1)"),
        ("a span has no beginning", "return self.rule.begin(params, now, known)", "return None"),
    ),
    *_of(
        "paging/sieve.py",
        "test_walk.py test_walk_places.py test_paging_properties.py",
        ("bounds shut out equality", "at < value if lower else at > value", "at <= value if lower else at >= value"),
        ("an empty page forgets the one before", "        if here:\n", "        if True:\n"),
        ("what was met is given again after a second resume", "return self._unmet if whole else self._unmet | self._met", "return self._unmet"),
    ),
    *_of(
        "paging/walk.py",
        "test_walk.py test_walk_places.py test_paging_properties.py",
        ("a cycle goes unnoticed", "self._used.add(self._mark)", "self._used.discard(self._mark)"),
        ("what can't be read parts a page", "if names[given - 1] in blind:", "if names[given - 1] is blind:"),
        ("an empty page is the end", "self.ended = following is None", "self.ended = following is None or not entries"),
    ),
    *_of(
        "paging/watermark.py",
        "test_watermark.py test_watermark_properties.py",
        ("the newest seen counts though not all was given", "return max(old, seen)", "return min(old, seen)"),
        ("one old item is the end", "else read[-2:]", "else read[-1:]"),
        ("an axis without ties", "at is None or at == number", "at is None"),
    ),
    *_of(
        "paging/windows.py",
        "test_parallel.py test_parallel_speed.py",
        ("nothing is ever cut", "if self.is_whole or self.is_uncounted", "if True or self.is_uncounted"),
        ("the room is not heeded", "if used + 2 * self.size > room:", "if used > 2 * room:"),
        ("short listings are cut, too", "if certain <= short:", "if certain < 0:"),
    ),
    *_of(
        "quota/policy.py",
        "test_policy.py",
        ("a family has no window", "return (general, self._window(", "return (general, general, self._window("),
        ("a sandbox is a live app", "return cls(500, families", "return cls(5000, families"),
        ("families of different owners share", 'f"{owner}:{family}"', "family"),
    ),
    *_of(
        "quota/window.py",
        "test_window.py test_gate_simulation.py",
        ("what flies takes no place", "behind + len(self._busy) + self._flying - limit", "behind + len(self._busy) - limit"),
        ("a late end is not sorted in", "insort(self._busy, until)", "self._busy.append(until)"),
        ("a flight frees before its reply", "else max(soonest, busy[later])", "else max(0.0, busy[later])"),
    ),
    *_of(
        "quota/belief.py",
        "test_window.py test_quota_view.py",
        ("refusals that flew together count each", "if grant <= self.refused_at:", "if grant < 0:"),
        ("an old word counts for ever", "if view is None or now - view.at >= spec.per:\n            return when", "if view is None:\n            return when"),
        ("paced is as fast as can be", "if spec.gap and self.granted:", "if spec.gap and not self.granted:"),
    ),
    *_of(
        "quota/flight.py",
        "test_semaphore.py test_semaphore_waits.py test_gate_simulation.py",
        ("places are stamped when the request leaves", "now + self.windows[0].per, _SILENT", "(self._left_at or 0) + self.windows[0].per, _SILENT"),
        ("a lost request frees its place at once", "arrived = max(self._clock.now(), self._left_at + self.reach)", "arrived = self._left_at - self.windows[0].per"),
        ("what never left holds its place", "        self._left_at = None\n\n    def answered", "        self._left_at = self._clock.now()\n\n    def answered"),
    ),
    *_of(
        "retry.py",
        "test_session_retries.py",
        ("a write is sent again", "(repeatable and is_unclear(error))", "is_unclear(error)"),
        ("a shape is asked for again", 'return error.path == ""', "return True"),
        ("one attempt too many", "if attempt >= policy.attempts:", "if attempt > policy.attempts:"),
    ),
]  # fmt: skip
