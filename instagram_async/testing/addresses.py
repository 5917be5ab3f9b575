"""Other addresses in the stead of the recorded ones, which still lead to the same things."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from instagram_async.models import pk_to_shortcode, shortcode_to_pk
from instagram_async.testing.disguise import Disguise
from instagram_async.v1.faults import scrub as scrubbed
from instagram_async.v1.operations import OPERATIONS

SECRET = "SCRUBBED"  # noqa: S105 - what stands where a secret stood
SECRETS = frozenset(
    {"access_token", "client_id", "client_secret", "code", "sig", "state", "redirect_uri"}
)
_ID = re.compile(r"\d{1,40}", re.ASCII)
_MEDIA_ID = re.compile(r"(\d{1,40})_(\d{1,40})", re.ASCII)
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://[^\s\"'<>]+")
_MENTION = re.compile(r"@[\w.]+")
_LONG_ID = re.compile(r"\b\d{5,40}\b", re.ASCII)
_ENDING = re.compile(r"\.(jpe?g|png|gif|webp|svg|mp4|json|html)$", re.IGNORECASE)
_KNOWN_HOST = re.compile(
    r"((^|\.)(instagram\.com|instagr\.am|cdninstagram\.com)|^localhost|^127\.[\d.]+|^::1)$"
)
_WORDS = frozenset(
    {"", "v1", "p", "oauth", "authorize", *("/".join(row.path for row in OPERATIONS)).split("/")}
)
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_PUBLIC = 11  # letters of a shortcode that hold the pk


class Addresses:
    """Replaces ids, links and what holds them.

    Args:
        disguise: how.
    """

    def __init__(self, disguise: Disguise) -> None:
        self._disguise = disguise

    def value(self, text: str) -> str:
        """An id, or words with addresses among them.

        Args:
            text: what was recorded.
        """
        return self._id(text) or self.text(text)

    def text(self, text: str) -> str:
        """Words with addresses among them.

        Args:
            text: what was recorded.
        """
        made, end = "", 0
        for found in _URL.finditer(text):
            made += self._disguise.text(text[end : found.start()]) + self.url(found[0])
            end = found.end()
        return made + self._disguise.text(text[end:])

    def message(self, text: str) -> str:
        """The server's own words, but for addresses, long ids, `@names` and secrets.

        Args:
            text: what was recorded.
        """
        made = _URL.sub(lambda found: self.url(found[0]), text)
        made = _MENTION.sub(lambda found: self._disguise.text(found[0]), scrubbed(made))
        return _LONG_ID.sub(lambda found: str(self._disguise.number(int(found[0]))), made)

    def url(self, url: str) -> str:
        """Another address: the shape stays, and so do the words of the API.

        Args:
            url: scheme, host and the rest.
        """
        try:
            parts = urlsplit(url)
            port = f":{parts.port}" if parts.port is not None else ""
        except ValueError:
            return self._disguise.text(url)
        return SplitResult(
            parts.scheme,
            self._host(parts.hostname or "") + port,
            self._path(parts.path),
            self._query(parts.query),
            self._disguise.text(parts.fragment),
        ).geturl()

    def shortcode(self, code: str) -> str:
        """The shortcode of the other pk.

        Args:
            code: the part of a permalink after `/p/`.
        """
        if not _CODE.fullmatch(code):
            return _quoted(self._disguise.text(unquote(code)))
        rest = code[_PUBLIC:] if len(code) > 28 else ""
        pk = shortcode_to_pk(code.removesuffix(rest))
        return pk_to_shortcode(self._disguise.number(pk)) + self._disguise.code(rest, _LETTERS)

    def _id(self, text: str) -> str | None:
        if _ID.fullmatch(text):
            return str(self._disguise.number(int(text)))
        if found := _MEDIA_ID.fullmatch(text):
            return "_".join(str(self._disguise.number(int(part))) for part in found.groups())
        return None

    def _query(self, query: str) -> str:
        pairs = [
            (name, SECRET if name in SECRETS else self.value(value))
            for name, value in parse_qsl(query, keep_blank_values=True, errors="surrogatepass")
        ]
        return urlencode(pairs, errors="surrogatepass")

    def _host(self, host: str) -> str:
        if _KNOWN_HOST.search(host):
            return f"[{host}]" if ":" in host else host
        labels = self._disguise.text(host.replace(":", "-")).split(".")
        return ".".join([*labels[: max(1, len(labels) - 1)], "example"]) if host else ""

    def _path(self, path: str) -> str:
        made = list[str]()
        for segment in path.split("/"):
            before = made[-1] if made else ""
            made.append(self._segment(segment, after_code=before in ("p", "shortcode")))
        return "/".join(made)

    def _segment(self, segment: str, *, after_code: bool) -> str:
        if after_code and segment:
            return self.shortcode(segment)
        if segment in _WORDS:
            return segment
        plain = unquote(segment)
        ending = _ENDING.search(plain)
        stem = plain.removesuffix(ending[0]) if ending else plain
        return _quoted(
            (self._id(stem) or self._disguise.text(stem)) + (ending[0] if ending else "")
        )


def _quoted(text: str) -> str:
    return quote(text, errors="surrogatepass")
