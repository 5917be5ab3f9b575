"""What changed under `/v1` in the course of the years, and when (reference 0)."""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, TypeVar

from attrs import frozen

from instagram_async.v1.redirects import SCOPES

T = TypeVar("T")

SAMPLES_END = "2016-06-01"  # for all apps; for new ones 17 November 2015
NEW_SCOPES = "2015-11-17"


@frozen
class History(Generic[T]):
    """One thing that changed.

    Attributes:
        first: how it was at the launch.
        changes: from which day on it was how, ISO dates in ascending order.

    Example:
        >>> _since("2017-04-18").at("2018-01-01")
        True
    """

    first: T
    changes: tuple[tuple[str, T], ...]

    def at(self, day: str) -> T:
        """How it was on a day, an ISO date."""
        return next((value for since, value in reversed(self.changes) if since <= day), self.first)


class Families(NamedTuple):
    """Writes allowed in an hour per token (reference C.3)."""

    likes: int
    comments: int
    relationships: int


def _until(day: str) -> History[bool]:
    return History(first=True, changes=((day, False),))


def _since(day: str, until: str = "9999-12-31") -> History[bool]:
    return History(first=False, changes=((day, True), (until, False)))


_COMPACT, _SPACED = (",", ":"), (", ", ": ")
_LATE, _EARLY = ("pagination", "meta", "data"), ("pagination", "data", "meta")
_INVALID = "The access_token provided is invalid."
_QUOTED = 'The "access_token" provided is invalid.'
_TOKEN, _PARAMETER = "OAuthAccessTokenException", "OAuthParameterException"

SWITCHES: dict[str, History[Any]] = {
    # Media.
    "samples": _until(SAMPLES_END),
    "carousels": _since("2017-04-18"),
    "owner_profiles": _until("2015-01-01"),
    "tagged_by_name": _since("2017-01-01"),
    "link": History(
        "http://instagr.am/p/",
        (
            ("2012-01-01", "http://instagram.com/p/"),
            ("2015-01-01", "https://instagram.com/p/"),
            ("2016-01-01", "https://www.instagram.com/p/"),
        ),
    ),
    "widths": History((306, 612), (("2015-01-01", (320, 640)),)),
    "squares": _until("2015-08-01"),
    "videos": _since("2014-01-01"),
    "video_ids": _since("2017-01-01"),
    "distances": _since("2017-01-01"),
    "bare_ids": _until("2011-08-24"),
    "null_people": _until("2013-08-01"),
    # Other entities.
    "first_shapes": _until("2011-06-01"),
    "business": _since("2017-12-01"),
    "float_counts": _since("2015-09-01", NEW_SCOPES),
    "one_more": History(0, (("2015-01-01", 1), ("2017-01-01", 0))),
    "telling_writes": _until("2012-01-01"),
    # Paging.
    "opaque_cursors": _since("2015-10-15"),
    "tag_ids": History(
        "ms", (("2014-01-01", "us"), ("2015-09-01", "pk"), ("2016-01-01", "opaque"))
    ),
    "most_media": History(60, (("2014-01-01", 33),)),
    "most_tags": History(200, (("2014-01-01", 50),)),
    "near": History((1000, 5000), (("2017-01-01", (500, 750)),)),
    "zero_is_default": _until("2015-04-05"),
    "heeds_times": _until("2016-01-01"),
    # Bytes and headers.
    "separators": History(_COMPACT, (("2016-01-01", _SPACED),)),
    "escapes": _until("2016-01-01"),
    "order": History(_LATE, (("2017-01-01", _EARLY),)),
    "code_first": _since("2017-01-01"),
    "rate_header": History("X-Ratelimit-", (("2016-07-01", "x-ratelimit-"),)),
    "cookie": History(
        "csrftoken=b47c5f2e8d0a419f93c6de17a2085b3c; Max-Age=31449600; Path=/",
        (("2017-01-01", "rur=PRN; Path=/"),),
    ),
    "jsonp": History("", (("2017-01-01", "/**/ "),)),
    # Refusals.
    "bad_token": History(
        (_TOKEN, _QUOTED),
        (("2014-01-01", (_PARAMETER, _INVALID)), ("2015-09-01", (_TOKEN, _INVALID))),
    ),
    "lost_scopes": History(
        frozenset[str](),
        (("2018-12-11", frozenset({"public_content"})), ("2020-05-01", frozenset(SCOPES))),
    ),
    "lists_scopes": _since("2020-05-01", "2020-06-29"),
    "granted": History("write", (("2017-01-01", "this"),)),
    "used_code": History(
        "No matching code found.",
        (("2016-12-01", "Matching code was not found or was already used."),),
    ),
    "limit_code": History(420, (("2013-01-01", 429),)),
    # Who may do what, and how often.
    "app_alone": _until(SAMPLES_END),
    "comment_rules": _since("2014-07-19"),
    "says_deny": _until("2014-07-01"),
    "limit": History(5000, (("2018-03-30", 200),)),
    "families": History(
        Families(5000, 5000, 5000),  # no limits of their own: the general one
        (("2014-07-19", Families(30, 15, 20)), (NEW_SCOPES, Families(60, 60, 60))),
    ),
    "signed_families": History(
        Families(5000, 5000, 5000),
        (("2014-07-19", Families(100, 60, 60)), (NEW_SCOPES, Families(60, 60, 60))),
    ),
}
"""By the name of the attribute of `Era`."""
