"""The laws of the matrix of faults: what they let pass, and what not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.matrix import laws
from tests.support.matrix.laws import Account, Law

BEFORE = tuple("abcdefghijk")  # pages of four: abcd, efgh, ijk


def account(given: str, **more: Any) -> Account:
    return Account(**{"before": BEFORE, "after": BEFORE, "given": tuple(given)} | more)


ALL = "abcdefghijk"
NO_F = tuple("abcdeghijk")
WITH_Z = ("z", *BEFORE)
RIGHT: list[tuple[Law, Account]] = [
    (laws.exact, account(ALL)),
    (laws.exact, account("abcde", limit=5)),
    (laws.but_unreadable, account("abcdeghijk", unreadable=("f",))),
    (laws.but_unreadable, account("abcdeghi", unreadable=("f",), limit=8)),
    (laws.but_unreadable, account(ALL, unreadable=("f",), style="spans")),
    (laws.while_it_changes, account("abcdeghijk", after=NO_F)),
    (laws.while_it_changes, account(ALL, after=NO_F)),
    (laws.while_it_changes, account(ALL, after=WITH_Z)),
    (laws.while_it_changes, account("abcdzefghijk", after=WITH_Z)),
    (laws.while_it_changes, account("abcdze", after=WITH_Z, limit=6)),
    (laws.as_the_server_has_it, account("abcdhgfeijk")),
    (laws.as_the_server_has_it, account("abcdhgfei", limit=9)),
    (laws.as_the_server_has_it, account("kjihgf", limit=6, style="whole")),
    (laws.up_to_there, account("abcdefgh")),
    (laws.up_to_there, account("abcdefghij")),
    (laws.up_to_there, account(ALL, style="whole")),
    (laws.nothing, account(ALL)),
    (laws.nothing, account("", style="whole")),
    (laws.nothing, account("abcdk", style="spans")),
    (laws.nothing, account("abcdefgh", style="spans")),
    (laws.nothing, account("abcdfh", style="spans", limit=6, hits=2)),
    (laws.nothing, account("abcde", style="spans", limit=6)),
    (laws.with_strays, account(ALL)),
    (laws.with_strays, account(ALL + "xyz")),
    (laws.with_strays, account("abc", limit=3)),
]
ANYWHERE = ["abcdefghij", "bcdefghijk", "abcdefghiijk", "abcdefgfghijk", "abcdqefghijk", "jkabcde"]
WRONG: list[tuple[Law, Account]] = [
    *((laws.exact, account(given)) for given in (*ANYWHERE, "", "abcdfeghijk")),
    (laws.exact, account("abcdef", limit=5)),
    (laws.exact, account("abcd", limit=5)),
    *((laws.but_unreadable, account(given, unreadable=("f",))) for given in (*ANYWHERE, ALL)),
    (laws.but_unreadable, account(ALL)),
    (laws.but_unreadable, account("abcdeghijk", unreadable=("f", "f"))),
    *((laws.while_it_changes, account(given, after=NO_F)) for given in ANYWHERE),
    (laws.while_it_changes, account("abcdefghjk", after=NO_F)),
    (laws.while_it_changes, account("zabcdzefghijk", after=WITH_Z)),
    (laws.while_it_changes, account("abcdzef", after=WITH_Z, limit=6)),
    *((laws.as_the_server_has_it, account(given)) for given in (*ANYWHERE, ALL, "abcdhgefijk")),
    (laws.as_the_server_has_it, account("abcdhg")),
    *((laws.up_to_there, account(given)) for given in (ALL, "abcdefg", "abcdefgi", "abcdefghh")),
    *((laws.nothing, account(given)) for given in (*ANYWHERE, "")),
    (laws.nothing, account("a", style="whole")),
    (laws.nothing, account("abck", style="spans", before=tuple("abcdefghijklm"))),
    (laws.nothing, account("abdfghijk", style="spans")),
    (laws.nothing, account("ab", style="spans")),
    (laws.nothing, account("kabcdefghij", style="spans")),
    (laws.nothing, account("abcdefg", style="spans", limit=6)),
    *((laws.with_strays, account(given)) for given in (*ANYWHERE, ALL + "xx", ALL + "a")),
]


@pytest.mark.parametrize(("law", "told"), RIGHT)
def test_what_is_right(law: Law, told: Account) -> None:
    assert law(told) == ""


@pytest.mark.parametrize(("law", "told"), WRONG)
def test_what_is_wrong(law: Law, told: Account) -> None:
    assert law(told) != ""


def test_the_law_of_a_cell() -> None:
    assert laws.law_of("bad_item", "plain", holds_bounds=True) is laws.but_unreadable
    assert laws.law_of("bad_item", "cancelled", holds_bounds=True) is laws.exact
    assert laws.law_of("post_between", "cancelled", holds_bounds=True) is laws.while_it_changes
    assert laws.law_of("ignore_bounds", "limit", holds_bounds=True) is laws.exact
    assert laws.law_of("ignore_bounds", "limit", holds_bounds=False) is laws.with_strays
    assert laws.law_of("stall", "resume", holds_bounds=False) is laws.exact
