"""The page on which a user allows or denies what an application asks for: its markup."""

from __future__ import annotations

from collections.abc import Sequence

from instagram_async.models import User
from instagram_async.server.consent import Question
from instagram_async.server.html import Document, Html, fill, joined

_MEANINGS = {
    "basic": "see your profile and your own posts",
    "public_content": "see the public profiles and posts of others",
    "follower_list": "see who follows you and whom you follow",
    "comments": "write and delete comments for you",
    "relationships": "follow and unfollow people for you",
    "likes": "like and unlike posts for you",
}
_CSS = """
main { max-width: 30rem; }
ul { margin: .25rem 0 1.25rem; padding-left: 1.25rem; }
code { font-size: .85em; color: var(--soft); }
fieldset { border: 0; margin: 0 0 1.25rem; padding: 0; }
.people { max-height: 19rem; overflow-y: auto; border: 1px solid var(--line);
  border-radius: 8px; }
.people label { display: flex; align-items: center; gap: .75rem; padding: .5rem .75rem;
  cursor: pointer; }
.people label + label { border-top: 1px solid var(--line); }
.people label:has(:checked) { background: color-mix(in srgb, var(--accent) 12%, transparent); }
.face { flex: none; width: 2rem; height: 2rem; border-radius: 50%; background: var(--soft);
  color: var(--card); display: grid; place-items: center; font-weight: 600;
  text-transform: uppercase; }
.name { display: block; font-weight: 600; line-height: 1.25; }
.other { display: block; margin-top: .75rem; }
input[type=text] { display: block; width: 100%; margin-top: .25rem; padding: .5rem .75rem;
  font: inherit; color: inherit; background: transparent; border: 1px solid var(--line);
  border-radius: 8px; }
input[type=radio] { accent-color: var(--accent); flex: none; }
.wrong { border-left: 4px solid #c8273a; padding-left: .75rem; }
.answers { display: flex; gap: .75rem; margin-bottom: 1rem; }
button { flex: 1; font: inherit; font-weight: 600; padding: .6rem 1rem; cursor: pointer;
  border: 1px solid var(--line); border-radius: 8px; background: transparent; color: inherit; }
button[value=allow] { background: var(--accent); border-color: var(--accent); color: var(--on); }
"""
_PAGE = """<form class="card" method="post">
<h1>{app} asks for access</h1>
<p class="soft">This is a local server: nobody needs a password. Choose who you are.</p>
{wrong}<h2>It would like to</h2>
<ul>
{scopes}</ul>
<fieldset>
<legend>You are</legend>
<div class="people">
{people}</div>
{other}</fieldset>
<input type="hidden" name="authenticity_token" value="{token}">
<div class="answers">
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</div>
<p class="soft">Either way your browser goes on to {place}.</p>
</form>"""
_PERSON = """<label><input type="radio" name="user" value="{id}"{checked}>
<span class="face" aria-hidden="true">{letter}</span>
<span><span class="name">{username}</span> <span class="soft">{full_name}</span></span></label>
"""
_OTHER = """<label class="other">or, by the username, anybody else of the {many} who live here
<input type="text" name="username" autocomplete="off"></label>
"""
_WRONG = '<p class="wrong" role="alert">{wrong}</p>\n'
_SCOPE = "<li>{meaning} <code>{name}</code></li>\n"


def consent_page(
    app: str,
    question: Question,
    people: Sequence[User],
    *,
    unlisted: int,
    token: str,
    wrong: str = "",
) -> Document:
    """The page of a question.

    Args:
        app: the application's name.
        question: what it asks.
        people: whom one can be, the first of them unless one chooses.
        unlisted: how many more there are.
        token: what the form has to bring back.
        wrong: what was wrong with the form that came before.
    """
    scopes = [fill(_SCOPE, meaning=_MEANINGS[name], name=name) for name in question.scopes]
    body = fill(
        _PAGE,
        app=app,
        wrong=fill(_WRONG, wrong=wrong) if wrong else "",
        scopes=joined(scopes),
        people=joined([_person(user, is_first=not rank) for rank, user in enumerate(people)]),
        other=fill(_OTHER, many=len(people) + unlisted) if unlisted else "",
        token=token,
        place=question.redirect_uri.partition("?")[0],
    )
    return Document(title=f"Allow {app}?", body=body, css=_CSS)


def _person(user: User, *, is_first: bool) -> Html:
    return fill(
        _PERSON,
        id=user.id,
        checked=Html(" checked") if is_first else "",
        letter=user.username[:1],
        username=user.username,
        full_name=user.full_name,
    )
