"""Which addresses are asked, and where redirects lead."""

from __future__ import annotations

import pytest

from instagram_async.downloads.addresses import Address, address_of, redirected

HERE = "https://cdn.example/vp/a/b.jpg?sig=5"


def asked(url: str) -> Address:
    made = address_of(url)
    assert made is not None
    return made


@pytest.mark.parametrize(
    "url",
    [
        HERE,
        "http://127.0.0.1:8080/pictures/BA/normal/640x640.svg",
        "HTTPS://CDN.example/a.jpg",
        "http://[::1]:8080/a.jpg",
        "https://cdn.example/a%2Fb.jpg?x=%20&y=+&z=a%3D",
        "https://cdn.example/~a/(b),'c'!*.jpg",
    ],
)
def test_an_address_is_sent_as_it_came(url: str) -> None:
    assert str(asked(url).url).lower() == url.lower()


def test_what_is_no_ascii_is_encoded() -> None:
    assert str(asked("https://cdn.example/ä.jpg").url) == "https://cdn.example/%C3%A4.jpg"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.jpg",
        "/a.jpg",
        "//cdn.example/a.jpg",
        "file:///etc/passwd",
        "ftp://cdn.example/a.jpg",
        "data:image/png;base64,AAAA",
        "unix:///run/docker.sock",
        "http:/a.jpg",
        "http:///a.jpg",
        "http://",
        "https://ann@cdn.example/a.jpg",
        "https://ann:pass@cdn.example/a.jpg",
        "https://:pass@cdn.example/a.jpg",
        "https://cdn.example:port/a.jpg",
        "https://cdn.example:99999/a.jpg",
        "https://[::1/a.jpg",
        "https://cdn.example/a b.jpg",
        "https://cdn.example/a.jpg HTTP/1.1\r\nAuthorization: x",
        "https://cdn.example/a\n.jpg",
        "https://cdn.example/a\0.jpg",
        "https://cdn.example/\x7f.jpg",
        " https://cdn.example/a.jpg",
    ],
)
def test_anything_else_is_none(url: str) -> None:
    assert address_of(url) is None


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("c.jpg", "https://cdn.example/vp/a/c.jpg"),
        ("/c.jpg?x=%2F", "https://cdn.example/c.jpg?x=%2F"),
        ("../../../c.jpg", "https://cdn.example/c.jpg"),
        ("//other.example/c.jpg", "https://other.example/c.jpg"),
        ("https://other.example/c.jpg", "https://other.example/c.jpg"),
        ("http://cdn.example/c.jpg", None),
        ("file:///etc/passwd", None),
        ("https://ann@cdn.example/c.jpg", None),
        ("/c d.jpg", None),
        ("https://cdn.example:port/", None),
    ],
)
def test_a_redirect_leads_to_http_and_never_back_from_https(
    location: str, target: str | None
) -> None:
    made = redirected(asked(HERE), location)
    assert (None if made is None else str(made.url)) == target


def test_from_http_a_redirect_may_lead_to_either() -> None:
    here = asked("http://cdn.example/a.jpg")
    for location in ("http://other.example/a.jpg", "https://cdn.example/a.jpg"):
        made = redirected(here, location)
        assert made is not None
        assert str(made.url) == location


def test_a_signature_in_the_query_is_no_other_source() -> None:
    source = asked(HERE).source
    assert asked("https://cdn.example/vp/a/b.jpg?sig=6").source == source
    others = ("https://cdn.example/vp/a/c.jpg?sig=5", "https://cdn2.example/vp/a/b.jpg?sig=5")
    assert all(asked(url).source != source for url in others)
    assert asked("https://cdn.example:444/vp/a/b.jpg?sig=5").source != source
    assert "cdn" not in source


def test_its_text_shows_nothing() -> None:
    assert f"{asked(HERE)!r} {asked(HERE)!s}" == "Address() Address()"
