"""The markup of the front page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from attrs import frozen

from instagram_async.models import Media, User
from instagram_async.server.front_style import CSS
from instagram_async.server.html import Document, Html, fill, joined
from instagram_async.server.log import Received
from instagram_async.server.pictures import cover_path, portrait_path

_PAGE = """<header>
<h1>Local Instagram</h1>
<p>It speaks the Instagram API v1 at <code>{base_url}</code>.
<a href="/openapi.json">OpenAPI document</a> ·
<a href="{authorize}">page of consent</a></p>
</header>
<div class="columns">
<section aria-label="People">
{residents}{others}</section>
<aside>
<section class="card"><h2>Get going</h2>
<p>Base URL</p><pre>{base_url}</pre>
<p>Ask with the token of a user</p>
<pre>curl '{base_url}/users/self/media/recent?access_token=ACCESS-TOKEN'</pre>
<p>or, for what is public, with the <code>client_id</code> alone</p>
<pre>curl '{base_url}/media/popular?client_id={client_id}'</pre>
<p class="soft"><code>instagram-async serve</code> prints a token, and
<code>server.access_token()</code> gives one. The guide is <code>docs/local_server.md</code>.</p>
</section>
<section class="card"><h2>Quota used</h2>
<p class="soft">by the app <code>{client_id}</code></p>
<table><thead><tr><th>for<th>requests<th>likes<th>comments<th>ties</tr></thead>
<tbody>{quotas}</tbody></table>
</section>
<section class="card"><h2>Last requests</h2>
{requests}</section>
</aside>
</div>"""
_RESIDENT = """<article class="card">
<img class="face" src="{face}" alt="" width="56" height="56">
<div class="who"><h2>{username}</h2><span class="soft">{full_name}{mark}</span></div>
<p class="counts soft">{counts}</p>
<p class="bio">{bio}</p>
<div class="grid">{media}</div>
</article>
"""
_MEDIA = (
    '<a href="{path}"><img src="{path}" alt="{alt}" title="{alt}" width="320" height="320" '
    'loading="lazy"></a>'
)
_REQUESTS = """<table class="log"><thead><tr><th>UTC<th>request<th>status<th>ms</tr></thead>
<tbody>{rows}</tbody></table>
"""
_REQUEST = (
    '<tr><td><time datetime="{iso}">{clock}</time><td class="asked"><b>{method}</b> {path}'
    '<td class="s{kind}">{status}<td>{took}</tr>\n'
)
_QUOTA = '<tr><td>{who}<td>{used} <span class="soft">/ {limit}</span>{families}</tr>\n'
_FAMILY = '<td>{used} <span class="soft">/ {limit}</span>'


class Resident(NamedTuple):
    """A user and his newest media."""

    user: User
    media: Sequence[Media]
    is_private: bool


class Quota(NamedTuple):
    """What was used of a quota, of a user's token or of the application alone."""

    username: str | None
    used: int
    limit: int
    families: Sequence[tuple[int, int]]


@frozen(kw_only=True)
class View:
    """What the page shows.

    Attributes:
        base_url: where the API is.
        client_id: the application's.
        authorize: where it asks a user for consent.
        residents: the users that are shown.
        others: how many more there are.
        requests: the last ones, newest first.
        quotas: how much was used.
    """

    base_url: str
    client_id: str
    authorize: str
    residents: Sequence[Resident]
    others: int
    requests: Sequence[Received]
    quotas: Sequence[Quota]


def front_page(view: View) -> Document:
    """The page as it is sent; whatever comes from the world or a request is escaped.

    Args:
        view: what it shows.
    """
    rows = joined([_request(one) for one in view.requests])
    body = fill(
        _PAGE,
        base_url=view.base_url,
        client_id=view.client_id,
        authorize=view.authorize,
        residents=joined([_resident(one) for one in view.residents]),
        others=fill('<p class="soft">and {n} others</p>', n=view.others) if view.others else "",
        quotas=joined([_quota(one) for one in view.quotas]),
        requests=fill(_REQUESTS, rows=rows)
        if view.requests
        else Html('<p class="soft">None yet.</p>'),
    )
    return Document(title="Local Instagram", body=body, css=CSS)


def _resident(one: Resident) -> Html:
    user, counts = one.user, one.user.counts
    shown = [_media(media) for media in one.media]
    return fill(
        _RESIDENT,
        face=portrait_path(user.id),
        username=user.username,
        full_name=user.full_name or "",
        mark=" · private" if one.is_private else "",
        counts=f"{counts.media} media · {counts.followed_by} followers · follows {counts.follows}"
        if counts
        else "",
        bio=user.bio or "",
        media=joined(shown) if shown else Html('<p class="soft">No media yet.</p>'),
    )


def _media(media: Media) -> Html:
    text = media.caption.text if media.caption and media.caption.text else media.type
    return fill(_MEDIA, path=cover_path(media), alt=text)


def _request(one: Received) -> Html:
    when = datetime.fromtimestamp(one.at, UTC)
    return fill(
        _REQUEST,
        iso=when.isoformat(timespec="milliseconds"),
        clock=f"{when:%H:%M:%S}",
        method=one.method,
        path=one.path,
        kind="" if one.status is None else one.status // 100,
        status=one.status or ("waiting" if one.seconds is None else "no reply"),
        took="" if one.seconds is None else f"{one.seconds * 1000:.1f}",
    )


def _quota(one: Quota) -> Html:
    return fill(
        _QUOTA,
        who="client_id alone" if one.username is None else one.username,
        used=one.used,
        limit=one.limit,
        families=joined([fill(_FAMILY, used=used, limit=limit) for used, limit in one.families])
        or Html('<td colspan="3">'),
    )
