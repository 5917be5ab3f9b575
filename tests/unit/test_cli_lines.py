from __future__ import annotations

import sys

import pytest
from attrs import evolve

from instagram_async import Report, User, cli
from instagram_async.cli.lines import Lines
from tests.unit.test_cli_text import ACCOUNT, MEDIA


def test_lines_for_media_and_for_progress(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines()
    lines.begin(User(id="9", username="ann"), 4, "http://127.0.0.1:40123/v1")
    for number in range(1, 5):
        lines.show(MEDIA, Report(items=number, pages=(number + 1) // 2))
    lines.end(evolve(ACCOUNT, pace=5.0))
    row = "2015-09-12 08:05\timage\t0\t\t"
    written = capsys.readouterr()
    assert written.out.splitlines() == ["posted\ttype\tlikes\tcaption\tplace", *[row] * 4]
    assert written.err.splitlines() == [
        "ann: 4 media, asked of http://127.0.0.1:40123/v1",
        "2 of 4, 50%",
        "40 items, 2 pages, 3 requests, 1.23 s, quota left: 4997",
        "slowed down to 5 media a second, --pace 0 goes at full speed",
    ]


def test_an_interrupt_is_quiet_wherever_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("instagram_async.cli.app.run", interrupted)
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 130


@pytest.mark.parametrize(("missing", "named"), [("cyclopts", "cyclopts"), ("rich.console", "rich")])
def test_without_the_extra_it_says_what_to_install(
    missing: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "instagram_async.cli.app", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(SystemExit) as caught:
        cli.main()
    message = f"instagram-async: {named} is missing; pip install -e '.[cli]' brings it"
    assert caught.value.code == message


def test_another_missing_module_is_not_explained_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "instagram_async.cli.app", raising=False)
    monkeypatch.setitem(sys.modules, "instagram_async.cli.demo", None)
    with pytest.raises(ModuleNotFoundError, match="demo"):
        cli.main()
