"""A leak planted in any place that the suite's hunt listens to is found, whatever its shape."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from types import CodeType
from urllib.parse import quote, quote_plus

import pytest

import instagram_async
from instagram_async import InstagramError, Quota, SQLiteStore, TransportError
from instagram_async.hooks import AttemptEnded, QuotaWait, RequestSent, RetryPlanned
from instagram_async.paging import checkpoint
from instagram_async.paging.page import Page, Report
from instagram_async.quota import ServerQuota
from instagram_async.server.tokens import Tokens
from instagram_async.testing import scrub
from instagram_async.v1.signing import Secret, sign
from tests.support.canary import TOKEN
from tests.support.leaks.plugin import LeakHunt
from tests.support.leaks.seams import files
from tests.support.leaks.watch import Watch
from tests.support.offline import offline

LISTING = offline()[0].user_recent().listing
log = logging.getLogger("planted")


@pytest.fixture
def hunt(request: pytest.FixtureRequest) -> Iterator[LeakHunt]:
    """The suite's own; it knows the canary, and is left without a find."""
    plugin = request.config.pluginmanager.get_plugin("leak_hunt")
    assert isinstance(plugin, LeakHunt)
    plugin.sift()
    Secret(TOKEN)
    yield plugin
    plugin.sift()


def in_a_frame(text: str) -> None:
    """As if a file of the package held it in a local variable."""
    file = str(Path(instagram_async.__file__).with_name("planted.py"))
    code = compile("def fail(url):\n    raise LookupError(len(url))\n", file, "exec")
    assert isinstance(code, CodeType)
    namespace: dict[str, Callable[[str], None]] = {}
    exec(code, namespace)
    with pytest.raises(LookupError):
        namespace["fail"](text)


def in_an_error(text: str) -> None:
    try:
        raise InstagramError(f"no page {text}")
    except InstagramError as error:
        assert error.operation is None  # and nobody keeps it


def in_a_cause(text: str) -> None:
    try:
        raise TransportError("lost") from OSError(text)
    except TransportError:
        pass


def in_an_attribute(text: str) -> None:
    error = TransportError("lost")
    error.checkpoint = text
    try:
        raise error
    except TransportError:
        pass


def printed_aside(text: str) -> None:
    with redirect_stdout(StringIO()):
        sys.stdout.write(text)


def by_a_child(text: str) -> None:
    subprocess.run(["/bin/echo", text], capture_output=True, check=True)


def by_a_child_of_the_loop(text: str) -> None:
    async def main() -> None:
        pipe = asyncio.subprocess.PIPE
        child = await asyncio.create_subprocess_exec("/bin/echo", text, stdout=pipe)
        await child.communicate()

    asyncio.run(main())


def in_a_folder_that_is_gone(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "export.jsonl").write_text(json.dumps({"id": "1", "url": text}))


PLANTS: dict[str, list[Callable[[str], object]]] = {
    "caught: LookupError: url of fail": [in_a_frame],
    "error: InstagramError": [in_an_error],
    "error: TransportError": [in_a_cause, in_an_attribute],
    "hook": [
        lambda text: RequestSent(text, 1),
        lambda text: AttemptEnded("GET users", 1, None, 0, 0, None, TransportError(text)),
        lambda text: RetryPlanned("GET users", 1, 0, TransportError(text)),
        lambda text: QuotaWait(text, 1, 1),
    ],
    "log: planted": [
        lambda text: log.debug("GET %s", text),
        lambda text: log.debug("GET", extra={"url": text}),
        lambda text: log.debug("failed", exc_info=ValueError(text)),
    ],
    "window": [lambda text: Quota(1).windows(text, "likes")],
    "checkpoint": [lambda text: checkpoint.write(LISTING, checkpoint.Place(text))],
    "page": [lambda text: Page((), None, None, ServerQuota(), {"url": text}, (), "", Report())],
    "report": [lambda text: Report(anomalies={text: 1})],
    "scrub": [lambda text: scrub({"type": text}), lambda text: scrub(f'{{"type": "{text}"}}')],
    "pickle": [lambda text: pickle.dumps({"token": text}, protocol=4)],
    "printed": [printed_aside],
    "child": [by_a_child, by_a_child_of_the_loop],
    "file: export.jsonl": [in_a_folder_that_is_gone],
}  # fmt: skip


@pytest.mark.parametrize(
    ("place", "plant"),
    [(place, plant) for place, plants in PLANTS.items() for plant in plants],
)
def test_a_planted_leak_is_found(
    hunt: LeakHunt, place: str, plant: Callable[[str], object]
) -> None:
    plant("an innocent")
    assert hunt.sift() == []
    Secret(TOKEN)
    plant(quote(TOKEN, safe=""))
    found = hunt.sift()
    assert any(one.startswith(place) for one in found), found


@pytest.mark.parametrize(
    "shaped",
    [
        TOKEN,
        quote(TOKEN),
        quote_plus(TOKEN),
        json.dumps(TOKEN),
        repr(TOKEN.encode()),
        base64.b64encode(b"u:" + TOKEN.encode()).decode(),
        base64.urlsafe_b64encode(TOKEN.encode()).decode(),
    ],
)
def test_in_whatever_shape(hunt: LeakHunt, shaped: str) -> None:
    log.info("GET /users?%s HTTP/1.1", shaped)
    assert len(hunt.sift()) == 1


def test_what_is_printed_is_heard(hunt: LeakHunt, capsys: pytest.CaptureFixture[str]) -> None:
    sys.stdout.write(TOKEN)
    assert TOKEN in capsys.readouterr().out
    assert [one.partition(":")[0] for one in hunt.sift()] == ["printed"]


async def test_the_file_of_a_quota_is_read(hunt: LeakHunt, tmp_path: Path) -> None:
    for owner in ("somebody", TOKEN):
        Secret(TOKEN)
        async with SQLiteStore(tmp_path / "quota.db") as store:
            await store.take(Quota(1).windows(owner, None), 0.0)
        files(hunt.watch, tmp_path)
        found = [one for one in hunt.sift() if one.startswith("file: quota.db")]
        assert bool(found) is (owner == TOKEN)
    (tmp_path / "quota.db").unlink()


def test_signatures_and_tokens_of_the_local_server_are_secrets_too(hunt: LeakHunt) -> None:
    log.debug(sign("/users/self", (), Secret("c4nary-to-sign")))
    token = Tokens().issue("1000", "basic", realm="planted")
    log.debug("curl %s", token)
    assert len(hunt.sift()) == 2


@pytest.mark.parametrize("plain", ["t", "my-secret", "11111111", "1 2\n3 4 5 6"])
def test_what_stands_anywhere_is_no_secret(plain: str) -> None:
    watch = Watch()
    watch.secret(plain)
    watch.text("log", plain)
    assert not watch.has_secret
    assert watch.sift() == []


def test_a_secret_is_forgotten_with_its_test() -> None:
    watch = Watch()
    watch.secret(TOKEN)
    assert (watch.has_secret, watch.has_canary) == (True, True)
    watch.text("log", TOKEN)
    assert watch.sift() == [f"log: {TOKEN!r}"]
    watch.text("log", TOKEN)
    assert watch.sift() == []
    assert watch.places == {"log": 2}


def test_of_very_many_secrets_and_texts_the_newest_are_compared() -> None:
    watch = Watch()
    for number in range(100):
        watch.secret(f"c4nary-{number:03}")
    watch.text("log", "x" * 2**22 + "c4nary-099")
    watch.text("log", "c4nary-000 c4nary-036")
    assert [one.partition("'")[0] for one in watch.sift()] == ["log: ", "log: "]
