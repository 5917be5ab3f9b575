"""Hypothesis strategies: every model, and the wire's JSON with something wrong in it."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from instagram_async import unstructure
from instagram_async.models import (
    Attribution,
    CarouselItem,
    Comment,
    Comments,
    Counts,
    Images,
    Likes,
    Location,
    Media,
    Position,
    Relationship,
    Rendition,
    Tag,
    TaggedUser,
    User,
    UserInPhoto,
    UserSummary,
    Videos,
)

_text = st.text(max_size=8) | st.sampled_from(["null", '"from": ', "\\", "\x00", "7"])
_digits = st.integers(min_value=0, max_value=2**64).map(str)
_whole = st.integers(min_value=-(2**63), max_value=2**63 - 1)
_real = st.floats(allow_nan=False, allow_infinity=False)
_instant = st.integers(min_value=-(2**31), max_value=253_402_300_799).map(
    lambda second: datetime.fromtimestamp(second, UTC)
)
_kind = st.sampled_from(["image", "video", "carousel"]) | _text


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _few(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


summaries = st.builds(
    UserSummary, id=_digits, username=_text, full_name=_text, profile_picture=_maybe(_text)
)
counts = st.builds(Counts, media=_whole, followed_by=_whole, follows=_whole)
users = st.builds(
    User,
    id=_digits,
    username=_text,
    full_name=_text,
    profile_picture=_maybe(_text),
    bio=_text,
    website=_text,
    counts=_maybe(counts),
    is_business=_maybe(st.booleans()),
)
tagged = st.builds(
    TaggedUser,
    username=_text,
    id=_maybe(_digits),
    full_name=_maybe(_text),
    profile_picture=_maybe(_text),
)
positions = st.builds(Position, x=_real, y=_real)
in_photo = st.builds(UserInPhoto, user=tagged, position=_maybe(positions))
comments = st.builds(
    Comment, id=_digits, created_time=_instant, text=_text, author=_maybe(summaries)
)
places = st.builds(
    Location,
    id=_maybe(_digits),
    name=_maybe(_text),
    latitude=_maybe(_real),
    longitude=_maybe(_real),
)
tags = st.builds(Tag, name=_text, media_count=_whole)
relationships = st.builds(
    Relationship,
    outgoing_status=_maybe(_text),
    incoming_status=_maybe(_text),
    target_user_is_private=_maybe(st.booleans()),
)
renditions = st.builds(Rendition, url=_text, width=_whole, height=_whole)
images = st.builds(
    Images,
    thumbnail=_maybe(renditions),
    low_resolution=_maybe(renditions),
    standard_resolution=_maybe(renditions),
)
videos = st.builds(
    Videos,
    low_bandwidth=_maybe(renditions),
    low_resolution=_maybe(renditions),
    standard_resolution=_maybe(renditions),
)
attributions = st.builds(
    Attribution, name=_maybe(_text), website=_maybe(_text), itunes_url=_maybe(_text)
)
comment_samples = st.builds(Comments, count=_whole, data=_few(comments))
like_samples = st.builds(Likes, count=_whole, data=_few(summaries))
carousel_items = st.builds(
    CarouselItem,
    type=_kind,
    images=_maybe(images),
    videos=_maybe(videos),
    users_in_photo=_few(in_photo),
)
media = st.builds(
    Media,
    id=st.builds("{}_{}".format, _digits, _digits) | _digits,
    created_time=_instant,
    user=summaries,
    type=_kind,
    link=_maybe(_text),
    images=_maybe(images),
    videos=_maybe(videos),
    carousel_media=_few(carousel_items),
    caption=_maybe(comments),
    comments=comment_samples,
    likes=like_samples,
    location=_maybe(places),
    tags=_few(_text),
    filter=_maybe(_text),
    attribution=_maybe(attributions),
    users_in_photo=_few(in_photo),
    user_has_liked=_maybe(st.booleans()),
    distance=_maybe(_real),
)

MODELS: dict[type[Any], st.SearchStrategy[Any]] = {
    Attribution: attributions,
    CarouselItem: carousel_items,
    Comment: comments,
    Comments: comment_samples,
    Counts: counts,
    Images: images,
    Likes: like_samples,
    Location: places,
    Media: media,
    Position: positions,
    Relationship: relationships,
    Rendition: renditions,
    Tag: tags,
    TaggedUser: tagged,
    User: users,
    UserInPhoto: in_photo,
    UserSummary: summaries,
    Videos: videos,
}
"""A strategy for each model."""

_ODD: list[Any] = [
    None, True, False, 0, 1, -1, 2**70, -(2**63) - 1, 3.0, 3.5, 1e300, 1440000000, 1440000000.5,
    "", "null", "NULL", "7", "-7", " 7", "3.0", "3.5", "1e3", "true", "False", "nan", "inf",
    "1440000000", "1440000000.25", "2015-09-10T12:00:00Z", "2015-09-10T12:00:00", "99999999999999",
    "\ud800", "\u0661", '"from":', [], {}, [None], {"id": None}, [[]], {"count": 2.0},
    {"author": 1}, {"from": {"id": 1, "username": 2}},
]  # fmt: skip
_odd = st.sampled_from(_ODD) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_text, inner, max_size=2),
    max_leaves=4,
)


@st.composite
def bodies(draw: st.DrawFn, model: type[Any], *, page: bool = False) -> bytes:
    """JSON of a model, or of a page of it, with up to three things changed."""
    entity = st.deferred(lambda: MODELS[model]).map(unstructure)
    wire = draw(entity)
    if page:
        paging = draw(st.sampled_from([{}, None, {"next_max_id": 7, "next_url": "u"}]))
        data = draw(st.lists(entity, max_size=2))
        wire = {"pagination": paging, "meta": {"code": 200}, "data": [wire, *data]}
    for _ in range(draw(st.integers(min_value=0, max_value=3))):
        _spoil(draw, wire)
    style = draw(st.sampled_from([None, (",", ":")]))
    text = json.dumps(wire, ensure_ascii=draw(st.booleans()), separators=style)
    return text.encode("utf-8", "surrogatepass")


def _spoil(draw: st.DrawFn, wire: Any) -> None:
    """Change, drop or add one thing somewhere in dicts and lists."""
    place: Any = wire
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or draw(st.integers(0, 2)) == 0:
            break
        place = inner
    action = draw(st.sampled_from(["change", "change", "drop", "add"]))
    if action == "drop":
        del place[key]
    elif action == "change":
        place[key] = deepcopy(draw(_odd))
    elif isinstance(place, dict):
        place[draw(_text)] = deepcopy(draw(_odd))
    else:
        place.append(deepcopy(draw(_odd)))
