"""The years of v1: what the server says and allows at a time (reference 0)."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from attrs import evolve, frozen

from instagram_async.server.switches import NEW_SCOPES, SWITCHES, Families

EraName = Literal["2013", "2015", "2016", "2017", "2018"]
"""Times of which much is recorded."""

_DAYS: dict[str, str] = {
    "2013": "2013-08-15",
    "2015": "2015-09-20",
    "2016": "2016-07-15",
    "2017": "2017-12-15",
    "2018": "2018-06-15",
}


@frozen(kw_only=True)
class Era:
    r"""A time, and all that was special about it (reference 0).

    Attributes:
        day: its date, ISO.
        samples: whether media list some of their comments and likes.
        carousels: whether media may be carousels; else their first part stands for them.
        owner_profiles: whether the owners of media, and people in lists, have `bio` and
            `website`.
        tagged_by_name: whether of people on pictures only the `username` is told.
        link: what permalinks begin with.
        widths: of `low_resolution` and `standard_resolution`, pixels.
        squares: whether all pictures are square.
        videos: whether videos have renditions, and are not their covers alone.
        video_ids: whether these have an `id`, `"0"`.
        bare_ids: whether ids of media are a pk alone; then there are no `attribution` and no
            `users_in_photo` either.
        null_people: whether nobody on a video is `null`, not `[]`.
        first_shapes: whether people have a `first_name` and a `last_name`, and more is as in
            the months after the launch.
        distances: whether `GET media/search` tells the distance of each media.
        business: whether profiles have `is_business`.
        float_counts: whether `media_count` is a float in `GET tags/search`.
        one_more: so many more than asked for are in `GET users/search`.
        telling_writes: whether a written comment, and both sides of a changed relationship,
            come back.
        opaque_cursors: whether cursors of people are `AQ...`, not 13 digits.
        tag_ids: what cursors of a tag's media are: ms, us, pk, opaque.
        most_media: media on a page at most, where nothing else was seen.
        most_tags: tags on a page at most.
        near: metres around a place by default and at most, of `GET locations/search`.
        zero_is_default: whether a count of 0 is the default, not an error.
        heeds_times: whether `min_timestamp` and `max_timestamp` do anything.
        separators: of JSON, between items and behind keys.
        escapes: whether JSON has `\/` and `\u0026`.
        order: of the keys of an envelope.
        code_first: whether `code` comes before `error_type` in `meta` too.
        rate_header: what the names of the rate headers begin with.
        cookie: the header `Set-Cookie`.
        jsonp: what comes before a JSONP callback.
        bad_token: type and words of the refusal of an unknown token.
        granted: which permissions a token lacks, in the words of the refusal.
        lost_scopes: what nobody can be asked for any more.
        lists_scopes: whether wrong scopes are told in brackets.
        used_code: the words about an unknown code.
        limit_code: the code in the body of the refusal by the general limit.
        app_alone: whether a `client_id` alone may read what is public.
        comment_rules: whether there are rules for comments.
        says_deny: whether `deny` is another name of `ignore`.
        limit: requests allowed in an hour per token.
        families: writes allowed in an hour per token.
        signed_families: the same of writes that are signed.
    """

    day: str
    samples: bool
    carousels: bool
    owner_profiles: bool
    tagged_by_name: bool
    link: str
    widths: tuple[int, int]
    squares: bool
    videos: bool
    video_ids: bool
    bare_ids: bool
    null_people: bool
    first_shapes: bool
    distances: bool
    business: bool
    float_counts: bool
    one_more: int
    telling_writes: bool
    opaque_cursors: bool
    tag_ids: Literal["ms", "us", "pk", "opaque"]
    most_media: int
    most_tags: int
    near: tuple[int, int]
    zero_is_default: bool
    heeds_times: bool
    separators: tuple[str, str]
    escapes: bool
    order: tuple[str, ...]
    code_first: bool
    rate_header: str
    cookie: str
    jsonp: str
    bad_token: tuple[str, str]
    lost_scopes: frozenset[str]
    lists_scopes: bool
    granted: str
    used_code: str
    limit_code: int
    app_alone: bool
    comment_rules: bool
    says_deny: bool
    limit: int
    families: Families
    signed_families: Families


def era_of(when: EraName | date) -> Era:
    """What was special about a time.

    Args:
        when: the name of an era, or any day from the launch in 2011 on. `2015` is
            20 September 2015, but for two things: carousels are shown, and the families
            of writes have the limits of November, so that tests meet all shapes.

    Raises:
        ValueError: there is no such era.

    Example:
        >>> era_of("2018").limit, era_of(date(2018, 3, 29)).limit
        (200, 5000)
    """
    if isinstance(when, date):
        return _on(when.isoformat()[:10])
    if when not in _DAYS:
        raise ValueError(f"era must be one of {', '.join(get_args(EraName))}, not {when!r}")
    era = _on(_DAYS[when])
    if when != "2015":
        return era
    november = SWITCHES["families"].at(NEW_SCOPES)
    return evolve(era, carousels=True, families=november, signed_families=november)


def _on(day: str) -> Era:
    return Era(day=day, **{name: history.at(day) for name, history in SWITCHES.items()})


DEFAULT = era_of("2015")
"""The one that servers speak unless they are told otherwise."""
