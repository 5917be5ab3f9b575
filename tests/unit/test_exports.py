"""What the package says it exports is what it exports."""

from __future__ import annotations

import inspect
import sys

import pytest

import instagram_async
from instagram_async import errors, models

NAMES = instagram_async.__all__
LATER = {"RedisStore", "SQLiteStore", "download"}  # imported when they are asked for


def test_all_is_sorted_and_says_each_name_once() -> None:
    assert sorted(set(NAMES)) == NAMES


def test_all_is_exact() -> None:
    there = {
        name
        for name, value in vars(instagram_async).items()
        if not inspect.ismodule(value) and (name == "__version__" or not name.startswith("_"))
    }
    assert there - LATER == set(NAMES) - LATER


@pytest.mark.parametrize("name", sorted(LATER))
def test_what_is_imported_later_is_there(name: str) -> None:
    assert getattr(instagram_async, name).__name__ == name


def test_without_its_extra_a_store_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis.asyncio", None)
    monkeypatch.delitem(sys.modules, "instagram_async.quota.redis", raising=False)
    with pytest.raises(ImportError, match="RedisStore needs the extra 'redis'"):
        _ = instagram_async.RedisStore


def test_no_other_name_is_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Store'"):
        _ = instagram_async.Store  # type: ignore[attr-defined]


def test_every_model_and_every_error_is_exported() -> None:
    for module in (models, errors):
        for name, value in vars(module).items():
            if inspect.isclass(value) and value.__module__.startswith(module.__name__):
                assert getattr(instagram_async, name) is value


def test_the_version_is_one_of_a_release() -> None:
    numbers = instagram_async.__version__.split(".")
    assert len(numbers) >= 3
    assert all(number.isdecimal() for number in numbers[:2])
