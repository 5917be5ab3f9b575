"""The command that prints the OpenAPI document, and the page of operations."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from instagram_async.v1.openapi import document
from instagram_async.v1.openapi.__main__ import main
from instagram_async.v1.openapi.document import OFFICIAL
from instagram_async.v1.openapi.markdown import page


@pytest.mark.parametrize(
    ("options", "printed"),
    [
        (["--server-url", "http://h/v1"], json.dumps(document("http://h/v1"), indent=2) + "\n"),
        (["--markdown"], page()),
    ],
    ids=["elsewhere", "page"],
)
def test_its_options(
    options: list[str],
    printed: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["openapi", *options])
    main()
    assert capsys.readouterr().out == printed


def test_the_command_prints_the_document() -> None:
    command = [sys.executable, "-m", "instagram_async.v1.openapi"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == json.dumps(document(OFFICIAL), indent=2) + "\n"
