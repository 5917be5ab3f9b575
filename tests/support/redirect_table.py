"""Which addresses are one of a registered redirect URI, and which are not."""

from __future__ import annotations

# The official table (reference D.1).
TABLE = [
    ("http://yourcallback.com/", "http://yourcallback.com/", True),
    ("http://yourcallback.com/", "http://yourcallback.com/?this=that", True),
    ("http://yourcallback.com/?this=that", "http://yourcallback.com/", False),
    ("http://yourcallback.com/?this=that", "http://yourcallback.com/?this=that&another=true", True),
    (
        "http://yourcallback.com/?this=that",
        "http://yourcallback.com/?another=true&this=that",
        False,
    ),
    ("http://yourcallback.com/callback", "http://yourcallback.com/", False),
    ("http://yourcallback.com/callback", "http://yourcallback.com/callback/?type=mobile", True),
]
MORE = [
    ("http://h.example", "http://h.example/", True),
    ("http://h.example/", "http://h.example//", False),
    ("http://h.example/cb/", "http://h.example/cb", False),
    ("http://h.example/cb", "http://h.example/cb/more", False),
    ("http://h.example/cb", "http://h.example/CB", False),
    ("http://h.example/cb", "http://H.EXAMPLE/cb", True),
    ("http://h.example/cb", "http://h.example:80/cb", True),
    ("http://h.example/cb", "http://h.example:8080/cb", False),
    ("http://h.example:8080/cb", "http://h.example/cb", False),
    ("https://h.example/cb", "http://h.example/cb", True),
    ("https://h.example/cb", "http://h.example:443/cb", False),
    ("https://h.example/cb", "https://h.example.evil.example/cb", False),
    ("https://h.example/cb", "https://h.example@evil.example/cb", False),
    ("https://h.example/cb", "//h.example/cb", False),
    ("https://h.example/cb", "/cb", False),
    ("https://h.example/cb", "", False),
    ("https://h.example/cb", "http://[", False),
    ("https://h.example/cb", "http://h.example:port/cb", False),
    ("https://h.example/a%20b", "https://h.example/a b", True),
    ("https://h.example/cb?a=b%20c", "https://h.example/cb?a=b+c", True),
    ("https://h.example/cb?a", "https://h.example/cb?a=", True),
    ("https://h.example/cb?a=1", "https://h.example/cb?a=2", False),
    ("https://b\u00fccher.example/cb", "https://xn--bcher-kva.example/cb", True),
    ("ig1234://authorize", "ig1234://authorize", True),
    ("ig1234://authorize", "ig5678://authorize", False),
    ("ig1234://authorize", "https://authorize", False),
]
