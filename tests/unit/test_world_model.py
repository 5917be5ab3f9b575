"""Whatever is done in whatever order, the world shows what plain lists and sets would."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
)

from instagram_async.models import Media, User, UserSummary
from instagram_async.server import World
from instagram_async.server.ids import media_pk
from tests.support.plain_world import IDS, PRIVATE, TAGS, Model

NOON = datetime(2015, 9, 12, 12, tzinfo=UTC)
people = st.sampled_from(IDS)
counts = st.integers(1, 4)


class Said(NamedTuple):
    media_id: str
    comment_id: str


class Worlds(RuleBasedStateMachine):
    """A world and its model, changed alike."""

    media = Bundle("media")
    said = Bundle("said")

    @initialize(in_file=st.booleans())
    def begin(self, in_file: bool) -> None:
        self.folder = tempfile.TemporaryDirectory() if in_file else None
        self.path = Path(self.folder.name) / "world.db" if self.folder else None
        self.world = World((User(id=one, username=f"user_{one}") for one in IDS), path=self.path)
        self.world.set_private(PRIVATE, private=True)
        self.model = Model()
        self.minutes = 0

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.close()
            if self.folder:
                self.folder.cleanup()

    def later(self) -> datetime:
        self.minutes += 1
        return NOON + timedelta(minutes=self.minutes)

    @rule(target=media, who=people, tags=st.sets(st.sampled_from(TAGS)))
    def post(self, who: str, tags: set[str]) -> str:
        when = self.later()
        media_id = self.world.free_id(who, when)
        user = UserSummary(id=who, username=f"user_{who}")
        named = tuple(sorted(tags))
        self.world.post(Media(id=media_id, created_time=when, user=user, tags=named))
        self.model.post(media_id, named)
        return media_id

    @rule(media_id=consumes(media))
    def delete(self, media_id: str) -> None:
        self.world.delete(media_id)
        self.model.delete(media_id)
        assert self.world.media(media_id) is None

    @rule(media_id=media, who=people)
    def like(self, media_id: str, who: str) -> None:
        self.world.like(media_id, who)
        self.model.like(who, media_id)

    @rule(media_id=media, who=people)
    def unlike(self, media_id: str, who: str) -> None:
        self.world.unlike(media_id, who)
        self.model.unlike(who, media_id)

    @rule(target=said, media_id=media, who=people)
    def comment(self, media_id: str, who: str) -> Said:
        comment = self.world.comment(media_id, who, "hm", self.later())
        self.model.comments[media_id].append(comment.id)
        return Said(media_id, comment.id)

    @rule(one=consumes(said))
    def delete_comment(self, one: Said) -> None:
        if one.media_id in self.model.comments:
            self.world.delete_comment(one.media_id, one.comment_id)
            self.model.comments[one.media_id].remove(one.comment_id)

    @rule(who=people, whom=people)
    def follow(self, who: str, whom: str) -> None:
        model = self.model
        if who == whom:
            return
        if model.blocks & {(who, whom), (whom, who)}:
            try:
                self.world.follow(who, whom)
            except PermissionError:
                return
            raise AssertionError("followed across a block")
        self.world.follow(who, whom)
        model.follow(who, whom)

    @rule(who=people, whom=people)
    def unfollow(self, who: str, whom: str) -> None:
        if who != whom:
            self.world.unfollow(who, whom)
            self.model.untie(who, whom)

    @rule(who=people, lets_in=st.booleans())
    def answer(self, who: str, lets_in: bool) -> None:
        if who == PRIVATE:
            return
        (self.world.approve if lets_in else self.world.ignore)(PRIVATE, who)
        self.model.answer(who, lets_in=lets_in)

    @rule(who=people, whom=people, ends=st.booleans())
    def block(self, who: str, whom: str, ends: bool) -> None:
        if who == whom:
            return
        (self.world.unblock if ends else self.world.block)(who, whom)
        if ends:
            self.model.blocks.discard((who, whom))
        else:
            self.model.blocks.add((who, whom))
            self.model.untie(who, whom)
            self.model.untie(whom, who)

    @rule(who=people, viewer=people, count=counts)
    def page_media(self, who: str, viewer: str, count: int) -> None:
        found, cursor, more = list[str](), None, True
        while more:
            page, more = self.world.recent(who, count=count, max_id=cursor, viewer=viewer)
            assert [one.user_has_liked for one in page] == [
                (viewer, one.id) in self.model.likes for one in page
            ]
            found += [one.id for one in page]
            cursor = media_pk(found[-1]) if found else None
        assert found == self.model.of(who)

    @rule(who=people, count=counts)
    def page_feed_and_likes(self, who: str, count: int) -> None:
        for listing, cursor_name, expected in (
            (self.world.feed, "max_id", self.model.of(who, *self.model.followed(who))),
            (self.world.liked, "max_like_id", self.model.liked(who)),
        ):
            found, more = list[str](), True
            while more:
                cursor = {cursor_name: media_pk(found[-1])} if found else {}
                page, more = listing(who, count=count, **cursor)
                found += [one.id for one in page]
            assert found == expected

    @rule(name=st.sampled_from(TAGS), count=counts)
    def page_tag(self, name: str, count: int) -> None:
        found, cursor, first = list[str](), None, True
        while first or cursor is not None:
            page, cursor = self.world.tagged(name, count=count, max_tag_id=cursor)
            found += [one.media.id for one in page]
            first = False
        assert found == [one for one in self.model.of(*IDS) if name in self.model.tags[one]]
        assert self.world.tag(name).media_count == len(found)

    @rule(who=people, count=counts)
    def page_people(self, who: str, count: int) -> None:
        for listing, expected in (
            (self.world.followed_by, self.model.followers(who)),
            (self.world.follows, self.model.followed(who)),
        ):
            found, cursor, more = list[str](), None, True
            while more:
                users, places, more = listing(who, count=count, cursor=cursor)
                found += [user.id for user in users]
                cursor = places[-1] if places else None
            assert found == expected

    @rule()
    def open_again(self) -> None:
        if self.path is not None:
            self.world.close()
            self.world = World.open(self.path)

    @rule()
    def write_down_and_load(self) -> None:
        lines = list(self.world.lines())
        with World.load(map(json.dumps, lines)) as loaded:
            assert list(loaded.lines()) == lines

    @invariant()
    def counts_agree(self) -> None:
        model = getattr(self, "model", None)
        if model is None:
            return
        for user in self.world.users:
            assert user.counts is not None
            assert user.counts.media == len(model.of(user.id))
            assert user.counts.followed_by == len(model.followers(user.id))
            assert user.counts.follows == len(model.followed(user.id))
        for media_id in model.posts[-3:]:
            media = self.world.media(media_id)
            assert media is not None
            assert (media.likes.count, media.comments.count) == (
                len(model.likers(media_id)), len(model.comments[media_id]),
            )  # fmt: skip
            assert [user.id for user in media.likes.data] == model.likers(media_id)[:4]
            said = model.comments[media_id]
            assert [one.id for one in media.comments.data] == said[-8:]
            assert [one.id for one in self.world.comments(media_id, count=99)] == said
        asking = [who for who, _ in reversed(model.requests)]
        assert [user.id for user in self.world.requested_by(PRIVATE)] == asking


TestWorlds = Worlds.TestCase
TestWorlds.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
