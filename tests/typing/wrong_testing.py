"""Wrong use of the test kit that type checkers refuse. Checked by mypy and pyright, never run.

An ignore that is not needed is an error of both, so each one proves that both refuse.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from instagram_async.testing import ScriptedTransport, make_media, make_tag, make_user


def factories() -> None:
    make_media(1, captoin="hi")  # type: ignore[call-arg]
    make_media(1, tags="snow")  # type: ignore[arg-type]
    make_media(1, carousel=["sound"])  # type: ignore[list-item]
    make_media("1")  # type: ignore[arg-type]
    make_media(number=1)  # type: ignore[call-arg]
    make_user(1, id=7)  # type: ignore[arg-type]
    make_tag(1, user=make_user())  # type: ignore[call-arg]


def scripts() -> None:
    ScriptedTransport([{"data": 1}])  # type: ignore[list-item]
    ScriptedTransport.refusal("APINotFoundError")  # type: ignore[call-arg]
    ScriptedTransport.page([], next=7)  # type: ignore[arg-type]
