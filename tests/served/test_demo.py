"""The demo against its own server: what a view of it is told, and how fast."""

from __future__ import annotations

import pytest

from instagram_async import Media, Report, User
from instagram_async.cli.demo import stream
from instagram_async.cli.view import Account


class Recorder:
    """A view that keeps what it is told."""

    def __init__(self) -> None:
        self.total = 0
        self.media: list[Media] = []
        self.items: list[int] = []
        self.accounts: list[Account] = []

    def begin(self, user: User, total: int, base_url: str) -> None:
        assert user.counts is not None
        assert base_url.startswith("http://127.0.0.1:")
        self.total = total

    def show(self, media: Media, report: Report) -> None:
        self.media.append(media)
        self.items.append(report.items)

    def end(self, account: Account) -> None:
        self.accounts.append(account)


async def test_a_view_is_told_of_every_media_and_at_the_end_of_it_all() -> None:
    view = Recorder()
    await stream(view, 40, 0.0)
    assert view.total == 40
    assert view.items == list(range(1, 41))
    assert len({media.id for media in view.media}) == 40
    (account,) = view.accounts
    assert (account.report.items, account.report.pages, account.report.complete) == (40, 2, True)
    assert (account.requests, account.quota) == (3, 4997)


async def test_a_view_that_fails_is_told_of_the_end_all_the_same() -> None:
    class Broken(Recorder):
        def show(self, media: Media, report: Report) -> None:
            super().show(media, report)
            if report.items == 5:
                raise BrokenPipeError

    view = Broken()
    with pytest.raises(BrokenPipeError):
        await stream(view, 40, 0.0)
    (account,) = view.accounts
    assert (account.report.items, account.report.complete) == (5, False)


async def test_the_pace_is_held() -> None:
    view = Recorder()
    await stream(view, 30, 100.0)
    assert view.accounts[0].pace == 100.0
    assert view.accounts[0].seconds >= 0.3
