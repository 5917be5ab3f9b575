"""What a process remembers of windows that others share."""

from __future__ import annotations

from instagram_async.quota.belief import Level, WindowSpec
from instagram_async.quota.level_cache import LevelCache, StoreReply


def test_the_oldest_of_4096_words_is_forgotten_first() -> None:
    level_cache = LevelCache()
    specs = [WindowSpec(str(number), 10, 60.0) for number in range(4098)]
    for spec in (*specs[:2], specs[0], *specs[2:]):  # of the first two, the first comes again
        assert level_cache.note((spec,), StoreReply("said", (Level(7, 5.0),)), 100.0) == "said"
    known = [level_cache.level(spec, 200.0) for spec in specs]
    assert known[:3] == [Level(0, 200.0), Level(0, 200.0), Level(7, 105.0)]
    assert known.count(Level(7, 105.0)) == 4096
