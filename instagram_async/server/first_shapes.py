"""The wire shapes of the months after the launch, made from later ones (reference B): pure.

They are those of the servers on which v1 was developed, as far as anything of them is left.
"""

from __future__ import annotations

from instagram_async.server.pages import Body


def person(body: Body) -> Body:
    """A user, short or long, with two names in place of one (reference B.2)."""
    first, _, last = body["full_name"].partition(" ")
    rest = {name: value for name, value in body.items() if name != "full_name"}
    return rest | {"first_name": first, "last_name": last, "type": "user"}


def profile(body: Body) -> Body:
    """A user's own page, which counted nothing (reference B.3)."""
    return {name: value for name, value in person(body).items() if name not in ("counts", "type")}


def comment(body: Body) -> Body:
    """A comment or a caption (reference B.5)."""
    return body | {"from": person(body["from"])}


def tie(body: Body) -> Body:
    """A relationship, without a word about privacy (reference B.7)."""
    return {name: value for name, value in body.items() if name != "target_user_is_private"}


def media(body: Body) -> Body:
    """A media: likes are but counted, and a point on the map has empty names (reference B.1)."""
    place, caption = body["location"], body["caption"]
    return body | {
        "user": person(body["user"]),
        "caption": caption and comment(caption),
        "comments": body["comments"] | {"data": [comment(one) for one in body["comments"]["data"]]},
        "likes": {"count": body["likes"]["count"]},
        "location": place and {"id": None, "name": None} | place,
    }
