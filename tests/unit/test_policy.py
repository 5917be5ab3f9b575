"""What may be sent: the windows that a quota stands for."""

from __future__ import annotations

import pytest

from instagram_async import Quota


def test_windows_of_a_quota() -> None:
    quota = Quota.live()
    general, likes = quota.windows("ab12", "likes")
    assert (general.key, general.limit, general.family) == ("ab12", 5000, None)
    assert (likes.key, likes.limit, likes.family) == ("ab12:likes", 60, "likes")
    assert quota.windows("ab12", None) == quota.windows("ab12", "unheard-of") == (general,)
    assert [Quota.sandbox().limit, Quota.live_2018().limit, Quota.unlimited().limit] == [
        500,
        200,
        None,
    ]
    assert set(Quota.live().families.values()) == set(Quota.live_2018().families.values()) == {60}
    assert Quota.sandbox().families == {"likes": 30, "comments": 30, "relationships": 30}


@pytest.mark.parametrize(
    "make",
    [
        lambda: Quota(0),
        lambda: Quota(1, per=0),
        lambda: Quota(1, families={"likes": 0}),
    ],
)
def test_a_quota_of_nothing_is_refused(make: object) -> None:
    with pytest.raises(ValueError, match="must be"):
        make()  # type: ignore[operator]


def test_a_quota_of_one_is_one() -> None:
    quota = Quota(1, per=0.5, families={"likes": 1})
    assert [spec.limit for spec in quota.windows("ab12", "likes")] == [1, 1]


def test_a_pace_is_the_window_over_its_places() -> None:
    paced = Quota(4, per=10, families={"likes": 2}, paced=True)
    assert [spec.gap for spec in paced.windows("ab12", "likes")] == [2.5, 5]
    assert [spec.gap for spec in Quota(4).windows("ab12", None)] == [0]
    assert [spec.gap for spec in Quota(None, paced=True).windows("ab12", None)] == [0]
    for make in (Quota.live, Quota.sandbox, Quota.live_2018):
        assert make(paced=True).paced
        assert not make().paced


def test_quotas_are_values() -> None:
    assert Quota(4, families={"likes": 2}) == Quota(4, families={"likes": 2})
    assert hash(Quota(4, families={"likes": 2})) == hash(Quota(4))
