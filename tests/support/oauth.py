"""An app that asks for tokens, and the hunt for what it must not show."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

from instagram_async import (
    InstagramError,
    OAuth,
    Response,
)
from instagram_async.testing import ScriptedTransport
from instagram_async.testing.transport import Script
from tests.support.canary import CODE, SECRET, TOKEN
from tests.support.hunt import Hunt

URI = "https://app.example/cb?a=b c"
USER = {
    "username": "ann",
    "bio": "",
    "website": "",
    "profile_picture": "http://h/p.jpg",
    "full_name": "Ann",
    "id": "7",
}
GOOD = Response(200, {}, json.dumps({"access_token": TOKEN, "user": USER}).encode())
FORM = (
    b"client_id=my%20app&client_secret=c4nary%2Fs3cr%2Bt%3D%3F%C3%A9&grant_type=authorization_code"
    b"&redirect_uri=https%3A%2F%2Fapp.example%2Fcb%3Fa%3Db%20c&code=c4nary%2Bc0de%2F%3D%26%25%C3%BC"
)
_TESTS = Path(__file__).parents[1].glob("unit/test_oauth*.py")
HUNT = Hunt(CODE, SECRET, TOKEN, blind=[__file__, *map(str, _TESTS)])


def oauth(**options: Any) -> OAuth:
    return OAuth("my app", SECRET, redirect_uri=URI, **options)


def scripted(*script: Script) -> tuple[OAuth, ScriptedTransport]:
    transport = ScriptedTransport(script)
    return oauth(transport=transport), transport


def hunted(error: BaseException) -> None:
    assert HUNT.exception(error) == []
    if isinstance(error, InstagramError):
        assert error.operation == "POST oauth/access_token"
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again)) == (type(error), str(error))
        assert HUNT.exception(again) == []
