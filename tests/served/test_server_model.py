"""Whatever is asked of the server in whatever order, in any era: what plain lists would say."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, rule

from instagram_async import Client, Media, Pager, Quota, RetiredError, Retry, User, UserSummary
from instagram_async.server import LocalInstagram, World
from instagram_async.server.era import EraName
from tests.support.listings import ALL_SCOPES
from tests.support.plain_world import IDS, PRIVATE, TAGS, Model

T = TypeVar("T")

NOON = datetime(2015, 9, 12, 12, tzinfo=UTC)
ERAS: tuple[EraName, ...] = ("2013", "2015", "2016", "2017", "2018")
people = st.sampled_from(IDS)
counts = st.integers(1, 4)


class Servers(RuleBasedStateMachine):
    """A server of some era, asked by four clients, and a model changed alike."""

    media = Bundle("media")
    said = Bundle("said")

    @initialize(era=st.sampled_from(ERAS))
    def begin(self, era: EraName) -> None:
        self.era = era
        self.world = World(User(id=one, username=f"user_{one}") for one in IDS)
        self.world.set_private(PRIVATE, private=True)
        self.model = Model()
        self.minutes = 0
        self.runner = asyncio.Runner()
        self.server = LocalInstagram(self.world, era=era, limit=100_000, family_limit=100_000)
        self.run(self.server.__aenter__())
        self.clients = {one: self.client(one) for one in IDS}

    def teardown(self) -> None:
        if hasattr(self, "clients"):
            for client in self.clients.values():
                self.run(client.close())
            self.run(self.server.__aexit__(None, None, None))
            self.runner.close()
            self.world.close()

    def client(self, who: str) -> Client:
        return Client(
            self.server.access_token(who, ALL_SCOPES),
            base_url=self.server.base_url,
            quota=Quota.unlimited(),
            retry=Retry(attempts=1),
        )

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def done(self, work: Awaitable[Any]) -> bool:
        """Carry a write out; whether this era still had it."""

        async def carried_out() -> bool:
            try:
                await work
            except RetiredError:
                assert self.era == "2018"
                return False
            return True

        return self.run(carried_out())

    def listed(self, pager: Pager[Any]) -> list[str] | None:
        """The ids of a listing, `None` where this era no longer had it."""

        async def ids() -> list[str] | None:
            try:
                return [one.id async for one in pager]
            except RetiredError:
                assert self.era == "2018"
                return None

        return self.run(ids())

    def sees(self, who: str, media_id: str) -> bool:
        owner = media_id.partition("_")[2]
        return owner in (who, *set(IDS) - {PRIVATE}) or (who, owner) in self.model.follows

    @rule(target=media, who=people, tags=st.sets(st.sampled_from(TAGS)))
    def post(self, who: str, tags: set[str]) -> str:
        self.minutes += 1
        when = NOON + timedelta(minutes=self.minutes)
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

    @rule(media_id=media, who=people)
    def like(self, media_id: str, who: str) -> None:
        if self.sees(who, media_id) and self.done(self.clients[who].like(media_id)):
            self.model.like(who, media_id)

    @rule(media_id=media, who=people)
    def unlike(self, media_id: str, who: str) -> None:
        if self.sees(who, media_id) and self.done(self.clients[who].unlike(media_id)):
            self.model.unlike(who, media_id)

    @rule(target=said, media_id=media, who=people)
    def comment(self, media_id: str, who: str) -> tuple[str, str]:
        comment_id = ""
        if self.sees(who, media_id) and self.done(self.clients[who].create_comment(media_id, "hm")):
            comment_id = self.world.comments(media_id, count=1)[0].id
            self.model.comments[media_id].append(comment_id)
        return media_id, comment_id

    @rule(one=consumes(said))
    def delete_comment(self, one: tuple[str, str]) -> None:
        media_id, comment_id = one
        owner = self.clients[media_id.partition("_")[2]]
        if comment_id in self.model.comments.get(media_id, ()) and self.done(
            owner.delete_comment(media_id, comment_id)
        ):
            self.model.comments[media_id].remove(comment_id)

    @rule(who=people, whom=people)
    def follow(self, who: str, whom: str) -> None:
        if who != whom and self.done(self.clients[who].follow(whom)):
            self.model.follow(who, whom)

    @rule(who=people, whom=people)
    def unfollow(self, who: str, whom: str) -> None:
        if who != whom and self.done(self.clients[who].unfollow(whom)):
            self.model.untie(who, whom)

    @rule(who=people, lets_in=st.booleans())
    def answer(self, who: str, lets_in: bool) -> None:
        owner = self.clients[PRIVATE]
        answer = owner.approve if lets_in else owner.ignore
        if who != PRIVATE and self.done(answer(who)):
            self.model.answer(who, lets_in=lets_in)

    @rule(who=people, count=counts)
    def page_own_media(self, who: str, count: int) -> None:
        async def seen() -> list[tuple[str, bool | None, int, int]]:
            return [
                (one.id, one.user_has_liked, one.likes.count, one.comments.count)
                async for one in self.clients[who].user_recent(count=count)
            ]

        assert self.run(seen()) == [
            (
                one,
                (who, one) in self.model.likes,
                len(self.model.likers(one)),
                len(self.model.comments[one]),
            )
            for one in self.model.of(who)
        ]

    @rule(who=people, count=counts)
    def page_feed_and_likes(self, who: str, count: int) -> None:
        client, model = self.clients[who], self.model
        if self.era in ("2013", "2015"):
            feed = self.listed(client.user_feed(count=count))
            assert feed == model.of(who, *model.followed(who))
        liked = self.listed(client.user_liked(count=count))
        assert liked in (None, [one for one in model.liked(who) if self.sees(who, one)])

    @rule(who=people, name=st.sampled_from(TAGS), count=counts)
    def page_tag(self, who: str, name: str, count: int) -> None:
        found = self.listed(self.clients[who].tag_recent(name, count=count))
        tagged = [one for one in self.model.of(*IDS) if name in self.model.tags[one]]
        assert found in (None, [one for one in tagged if self.sees(who, one)])

    @rule(who=people, count=counts)
    def page_people(self, who: str, count: int) -> None:
        client, model = self.clients[who], self.model
        followers = self.listed(client.user_followed_by(count=count))
        assert followers in (None, model.followers(who))
        assert self.listed(client.user_follows(count=count)) in (None, model.followed(who))

    @rule(media_id=media)
    def list_comments_and_likes(self, media_id: str) -> None:
        owner = self.clients[media_id.partition("_")[2]]
        assert self.listed(owner.media_comments(media_id)) == self.model.comments[media_id]
        assert self.listed(owner.media_likes(media_id)) == self.model.likers(media_id)


TestServers = Servers.TestCase
TestServers.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
