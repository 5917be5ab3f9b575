"""Who follows whom, who asked to, who is blocked, and who is private."""

from __future__ import annotations

from collections import defaultdict

from instagram_async.server.store.ranks import Ranks


class Graph:
    """The ties between people, by their ids; whoever is named lives in the world."""

    def __init__(self) -> None:
        self.followers = defaultdict[str, Ranks[str]](Ranks)
        self.follows = defaultdict[str, Ranks[str]](Ranks)
        self.requests = defaultdict[str, Ranks[str]](Ranks)
        self.private = set[str]()
        self._blocks = set[tuple[str, str]]()

    def tie(self, who: str, whom: str, tick: int) -> None:
        """Let somebody follow somebody whom he does not; a request is thereby granted."""
        self.requests[whom].discard(who)
        self.follows[who].add(whom, tick)
        self.followers[whom].add(who, tick)

    def untie(self, who: str, whom: str) -> None:
        """Let somebody no longer follow somebody, nor ask to."""
        self.requests[whom].discard(who)
        self.follows[who].discard(whom)
        self.followers[whom].discard(who)

    def request(self, who: str, whom: str, tick: int) -> None:
        """Let somebody ask to follow somebody who has not asked yet."""
        self.requests[whom].add(who, tick)

    def block(self, who: str, whom: str) -> None:
        """Let somebody shut somebody out; neither follows the other any more."""
        self.untie(who, whom)
        self.untie(whom, who)
        self._blocks.add((who, whom))

    def unblock(self, who: str, whom: str) -> None:
        """Let somebody no longer shut somebody out."""
        self._blocks.discard((who, whom))

    def blocks(self, who: str, whom: str) -> bool:
        """Whether somebody shuts somebody out."""
        return (who, whom) in self._blocks

    def outgoing(self, who: str, whom: str) -> str:
        """What somebody is to somebody else (reference B.7)."""
        if whom in self.follows[who]:
            return "follows"
        return "requested" if who in self.requests[whom] else "none"

    def incoming(self, who: str, whom: str) -> str:
        """What somebody else is to somebody (reference B.7)."""
        if self.blocks(who, whom):
            return "blocked_by_you"
        back = {"follows": "followed_by", "requested": "requested_by", "none": "none"}
        return back[self.outgoing(whom, who)]

    def can_view(self, who: str | None, whom: str) -> bool:
        """Whether somebody, or with `None` just anybody, may see what somebody posts."""
        if who == whom:
            return True
        if who is None:
            return whom not in self.private
        return not self.blocks(whom, who) and (
            whom not in self.private or whom in self.follows[who]
        )
