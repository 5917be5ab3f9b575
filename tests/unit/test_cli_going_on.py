from __future__ import annotations

import pytest

from instagram_async.cli.going_on import going_on


@pytest.mark.parametrize(
    ("arguments", "left", "line"),
    [
        ("user-recent", None, "user-recent --resume X"),
        ("user-recent self --format csv", None, "user-recent self --format csv --resume X"),
        ("user-recent --limit 50 self", "20", "user-recent self --limit 20 --resume X"),
        ("user-recent --limit=50 --resume=Y", "0", "user-recent --limit 0 --resume X"),
        ("user-recent --resume Y --parallel 3", None, "user-recent --parallel 3 --resume X"),
        ("tag-recent --limit", "1", "tag-recent --limit 1 --resume X"),
    ],
)
def test_the_command_is_the_same_but_for_where_it_begins(
    arguments: str, left: str | None, line: str
) -> None:
    place = {"--resume": "X"} if left is None else {"--limit": left, "--resume": "X"}
    assert going_on(arguments.split(), place) == f"instagram-async {line}"


def test_what_a_shell_would_take_apart_is_quoted() -> None:
    arguments = ["user-search", "two words; $HOME"]
    line = going_on(arguments, {"--resume": '{"a": 1}'})
    assert line == "instagram-async user-search 'two words; $HOME' --resume '{\"a\": 1}'"
