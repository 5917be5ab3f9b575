"""Credentials on requests and the two signatures (reference D.4 to D.6)."""

from __future__ import annotations

from typing import Any

import pytest

from instagram_async import APIError, ServerQuota
from instagram_async.paging import ListReply
from instagram_async.session import Call
from instagram_async.transport import Request, Response
from instagram_async.v1.signing import Credentials, Secret, Signer, redacted, sign

SECRET = Secret("6dc1787668c64c939929c17683d7cb74")
TOKEN = "fb2e77d.47a0479900504cb3ab4a1f626d174d2d"
BASE = "http://127.0.0.1/v1"
USERS_SELF = "cbf5a1f41db44412506cb6563a3218b50f45a710c7a8a65a3e9b18315bb338bf"
MEDIA_COUNT = "260634b241a6cfef5e4644c205fb30246ff637591142781b86e2075faf1b163a"


def call(path: str, method: str = "GET", **more: Any) -> Call[Any]:
    return Call("GET users/{id}", method, path, lambda response: response, **more)


def signed(request: Call[Any], **more: Any) -> Request:
    credentials = Credentials(Secret(TOKEN), client_secret=SECRET, signed=True, **more)
    return Signer(BASE, credentials)(request)


def test_the_documented_signatures() -> None:
    assert sign("/users/self", (("access_token", TOKEN),), SECRET) == USERS_SELF
    media = "/media/657988443280050001_25025320"
    assert sign(media, (("count", "10"), ("access_token", TOKEN)), SECRET) == MEDIA_COUNT


def test_the_signature_is_the_last_parameter() -> None:
    path = "media/657988443280050001_25025320"
    request = signed(call(path, query=(("count", "10"),)))
    assert request == Request(
        "GET",
        f"{BASE}/{path}",
        (("count", "10"), ("access_token", TOKEN), ("sig", MEDIA_COUNT)),
    )


def test_paths_are_signed_decoded_and_sent_encoded() -> None:
    request = signed(call("tags/%C3%A9t%C3%A9%2F/media/recent"))
    assert request.url == f"{BASE}/tags/%C3%A9t%C3%A9%2F/media/recent"
    expected = sign("/tags/été//media/recent", (("access_token", TOKEN),), SECRET)
    assert dict(request.query)["sig"] == expected


def test_values_are_signed_raw_and_names_in_the_order_of_their_bytes() -> None:
    given = (("é", "1"), ("z", "ä b&|="), ("Z", "2"), ("a", "☃"))
    shuffled = tuple(reversed(given))
    assert sign("/x", given, SECRET) == sign("/x", shuffled, SECRET)
    assert sign("/x|Z=2|a=☃|z=ä b&|=|é=1", (), SECRET) == sign("/x", given, SECRET)
    assert sign("/x", given, SECRET) != sign("/x", (*given[1:], ("é", "%31")), SECRET)


def test_a_form_takes_the_credentials_and_both_places_are_signed() -> None:
    query, form = (("q", "1"),), (("text", "schön ☃"),)
    request = signed(call("media/1_2/comments", "POST", query=query, form=form))
    assert request.query == query
    token = ("access_token", TOKEN)
    expected = sign("/media/1_2/comments", (*query, *form, token), SECRET)
    assert request.form == (*form, token, ("sig", expected))


def test_an_empty_form_is_still_a_form() -> None:
    request = signed(call("media/1_2/likes", "POST", form=()))
    assert request.query == ()
    assert request.form is not None
    assert [name for name, _ in request.form] == ["access_token", "sig"]


def test_a_delete_carries_everything_in_the_query() -> None:
    request = signed(call("media/1_2/likes", "DELETE"))
    assert request.form is None
    assert [name for name, _ in request.query] == ["access_token", "sig"]


@pytest.mark.parametrize(
    ("credentials", "added"),
    [
        (Credentials(), ()),
        (Credentials(client_id="app"), (("client_id", "app"),)),
        (Credentials(Secret("t"), "app"), (("access_token", "t"),)),
        (Credentials(Secret("t"), client_secret=SECRET), (("access_token", "t"),)),
        (Credentials(Secret("t"), signed=True), (("access_token", "t"),)),
    ],
)
def test_who_is_asking(credentials: Credentials, added: Any) -> None:
    request = Signer(BASE, credentials)(call("users/self", query=(("count", "3"),)))
    assert request.query == (("count", "3"), *added)
    assert request.headers == {}


@pytest.mark.parametrize(
    ("ips", "digest"),
    [
        ("200.15.1.1", "7e3c45bc34f56fd8e762ee4590a53c8c2bbce27e967a85484712e5faa0191688"),
        (
            "200.15.1.1,131.51.1.35",
            "13cb27eee318a5c88f4456bae149d806437fb37ba9f52fac0b1b7d8c234e6cee",
        ),
    ],
)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_the_documented_header_on_writes(method: str, ips: str, digest: str) -> None:
    request = signed(call("media/1_2/likes", method), forwarded_for=ips)
    assert request.headers == {"X-Insta-Forwarded-For": f"{ips}|{digest}"}


def test_no_header_on_reads_or_without_a_secret() -> None:
    assert signed(call("users/self"), forwarded_for="200.15.1.1").headers == {}
    bare = Signer(BASE, Credentials(Secret("t"), forwarded_for="200.15.1.1"))
    assert bare(call("media/1_2/likes", "DELETE")).headers == {}


def test_an_owner_is_a_hash() -> None:
    by_token = Credentials(Secret("t"))
    assert by_token.owner == Credentials(Secret("t"), "app", SECRET).owner
    owners = {
        by_token.owner,
        Credentials(Secret("u")).owner,
        Credentials(client_id="app").owner,
        Credentials().owner,
    }
    assert len(owners) == 4
    assert all(len(owner) == 32 and int(owner, 16) >= 0 for owner in owners)


def test_nothing_shows_a_secret() -> None:
    credentials = Credentials(
        Secret("CANARY"), "app", Secret("CANARY"), signed=True, forwarded_for="CANARY"
    )
    request = Signer(BASE, credentials)(call("media/1_2/likes", "POST", form=()))
    shown = f"{credentials!r} {credentials} {Signer(BASE, credentials)!r} {request!r}"
    assert "CANARY" not in shown
    assert "Secret(...)" in shown


@pytest.mark.parametrize(
    ("value", "repeated"),
    [
        ("1.a9b8c7", b"1.a9b8c7"),
        ("a b/\u00e9 cd", b"a%20b%2F%C3%A9%20cd"),
        ("a b/\u00e9 cd", b"a+b%2F%C3%A9+cd"),
        ("a b/\u00e9 cd", b"a b/\\u00e9 cd"),
        ("a b/\u00e9 cd", "a b/\u00e9 cd".encode()),
    ],
)
@pytest.mark.parametrize("name", ["access_token", "client_secret", "sig"])
@pytest.mark.parametrize("place", ["query", "form"])
def test_what_a_server_repeats_of_the_secrets_is_taken_out(
    value: str, repeated: bytes, name: str, place: str
) -> None:
    pairs: Any = {"query": (), place: (("count", "33"), (name, value))}
    came = Response(400, {"Date": "today"}, b"no: " + repeated + b"&count=33 " + repeated)
    clean = redacted(Request("POST", BASE, **pairs), came, APIError())
    assert clean is not None
    assert clean == Response(400, {"Date": "today"}, b"no: ...&count=33 ...")
    assert clean.headers == came.headers
    assert clean.body == b"no: ...&count=33 ..."


def test_what_is_no_secret_stays() -> None:
    query = (("client_id", "app"), ("access_token", ""), ("sig", "snow"), ("q", "snow"))
    came = Response(400, {}, b"app snow")
    assert redacted(Request("GET", BASE, query), came, APIError()) == came


def test_a_reply_whose_text_is_not_shown_is_not_redacted() -> None:
    request = Request("GET", BASE, (("access_token", "1.a9b8c7"),))
    page: ListReply[str] = ListReply((), {}, ServerQuota())
    came = Response(200, {}, b"1.a9b8c7")
    assert redacted(request, came, page) is None
    assert redacted(request, came, page._replace(flawed=True)) == Response(200, {}, b"...")
