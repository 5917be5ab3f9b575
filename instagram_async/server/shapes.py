"""The wire shapes of an era, made from those of September 2015 (reference 0, B): pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from instagram_async.models import Comment, Media, Relationship, Tag, User, UserSummary
from instagram_async.server import first_shapes
from instagram_async.server.era import Era
from instagram_async.server.pages import Body

Shape = Callable[[Body], Body]
Profile = Callable[[str], tuple[str, str]]
"""The `bio` and `website` of a user's id."""

_BASE = {"low_resolution": 320, "standard_resolution": 640}
_WIDE = (320, 640)
_LINK = "https://instagram.com/p/"


def shapes_of(era: Era, profile: Profile) -> dict[type[Any], Shape]:
    """How the things that operations answer with are shaped.

    Args:
        era: whose shapes.
        profile: what owners of media and people in lists say about themselves.

    Returns:
        By model; what stays as it is has no shape. A shape leaves the body that it is
        given as it is, and returns another.
    """
    steps: dict[type[Any], list[Shape]] = {Media: _media(era), User: [], UserSummary: [], Tag: []}
    if era.owner_profiles:

        def described(person: Body) -> Body:
            bio, website = profile(person["id"])
            return person | {"bio": bio, "website": website}

        steps[UserSummary].append(described)
        steps[Media].append(lambda media: media | {"user": described(media["user"])})
    if era.business:
        steps[User].append(lambda user: {"is_business": False} | user)
    if not era.float_counts:
        steps[Tag].append(lambda tag: tag | {"media_count": int(tag["media_count"])})
    if era.first_shapes:
        steps[Media].append(first_shapes.media)
        steps[User].append(first_shapes.profile)
        steps[UserSummary].append(first_shapes.person)
        steps[Comment] = [first_shapes.comment]
        steps[Relationship] = [first_shapes.tie]
    return {model: _chain(several) for model, several in steps.items() if several}


def _chain(steps: list[Shape]) -> Shape:
    def shape(body: Body) -> Body:
        for step in steps:
            body = step(body)
        return body

    return shape


def _media(era: Era) -> list[Shape]:
    steps = list[Shape]()
    if not era.carousels:
        steps.append(_first_part)
    if not era.samples:
        steps.append(_counts_alone)
    if era.squares or era.widths != _WIDE:
        steps.append(lambda media: _each_images(media, lambda images: _sized(images, era)))
    if not era.videos:
        steps.append(lambda media: _without(media, "videos"))
    if era.null_people:
        steps.append(_nobody_on_videos)
    if era.bare_ids:
        steps.append(_with_bare_id)
    if era.video_ids:
        steps.append(lambda media: _each_part(media, _numbered))
    if era.tagged_by_name:
        steps.append(lambda media: _each_part(media, _named))
    if era.link != _LINK:
        steps.append(lambda media: _linked(media, era.link))
    return steps


def _without(body: Body, *names: str) -> Body:
    return {name: value for name, value in body.items() if name not in names}


def _first_part(media: Body) -> Body:
    parts = media.get("carousel_media")
    if not parts:
        return media
    first = parts[0]
    shown = _without(media, "carousel_media", "videos") | {"type": first["type"]}
    return shown | {name: first[name] for name in ("images", "videos") if name in first}


def _counts_alone(media: Body) -> Body:
    return media | {name: {"count": media[name]["count"]} for name in ("comments", "likes")}


def _nobody_on_videos(media: Body) -> Body:
    is_bare = media["type"] == "video" and not media["users_in_photo"]
    return media | {"users_in_photo": None} if is_bare else media


def _with_bare_id(media: Body) -> Body:
    pk, _, _ = media["id"].partition("_")
    return _without(media, "attribution", "users_in_photo") | {"id": pk}


def _linked(media: Body, prefix: str) -> Body:
    link: str | None = media.get("link")
    if link is None or "/p/" not in link:
        return media
    return media | {"link": prefix + link.partition("/p/")[2]}


def _each_part(media: Body, shape: Shape) -> Body:
    shaped = shape(media)
    if "carousel_media" in media:
        shaped |= {"carousel_media": [shape(part) for part in media["carousel_media"]]}
    return shaped


def _each_images(media: Body, shape: Shape) -> Body:
    return _each_part(
        media, lambda part: part | {"images": shape(part["images"])} if "images" in part else part
    )


def _sized(images: Body, era: Era) -> Body:
    low, standard = era.widths
    wanted = {"low_resolution": low, "standard_resolution": standard}
    return {name: _rendered(one, _BASE.get(name), wanted.get(name), era.squares)
            for name, one in images.items()}  # fmt: skip


def _rendered(rendition: Body, base: int | None, width: int | None, square: bool) -> Body:  # noqa: FBT001
    old_width, old_height = rendition["width"], rendition["height"]
    wide = width if width is not None and old_width == base else old_width
    high = wide if square else round(old_height * wide / max(1, old_width))
    return rendition | {"width": wide, "height": high}


def _numbered(part: Body) -> Body:
    videos = part.get("videos")
    if not videos:
        return part
    return part | {"videos": {name: one | {"id": "0"} for name, one in videos.items()}}


def _named(part: Body) -> Body:
    tagged = [one | {"user": {"username": one["user"]["username"]}}
              for one in part["users_in_photo"]]  # fmt: skip
    return part | {"users_in_photo": tagged}
