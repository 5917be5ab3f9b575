"""A world without any index: lists of what happened."""

from __future__ import annotations

IDS = ("1", "2", "3", "4")
PRIVATE = "4"
TAGS = ("sea", "snow")


class Model:
    """What happened, without any index."""

    def __init__(self) -> None:
        self.posts: list[str] = []  # in the order of their pks
        self.tags: dict[str, tuple[str, ...]] = {}
        self.likes: list[tuple[str, str]] = []  # who, what; oldest first
        self.comments: dict[str, list[str]] = {}
        self.follows: list[tuple[str, str]] = []
        self.requests: list[tuple[str, str]] = []
        self.blocks = set[tuple[str, str]]()

    def of(self, *owners: str) -> list[str]:
        return [one for one in reversed(self.posts) if one.partition("_")[2] in owners]

    def liked(self, who: str) -> list[str]:
        return [what for liker, what in reversed(self.likes) if liker == who]

    def likers(self, what: str) -> list[str]:
        return [liker for liker, liked in reversed(self.likes) if liked == what]

    def followers(self, whom: str) -> list[str]:
        return [who for who, one in reversed(self.follows) if one == whom]

    def followed(self, who: str) -> list[str]:
        return [whom for one, whom in reversed(self.follows) if one == who]

    def untie(self, who: str, whom: str) -> None:
        self.follows = [pair for pair in self.follows if pair != (who, whom)]
        self.requests = [pair for pair in self.requests if pair != (who, whom)]

    def post(self, media_id: str, tags: tuple[str, ...]) -> None:
        self.posts.append(media_id)
        self.tags[media_id] = tags
        self.comments[media_id] = []

    def delete(self, media_id: str) -> None:
        self.posts.remove(media_id)
        self.likes = [pair for pair in self.likes if pair[1] != media_id]
        del self.comments[media_id], self.tags[media_id]

    def like(self, who: str, media_id: str) -> None:
        if (who, media_id) not in self.likes:
            self.likes.append((who, media_id))

    def unlike(self, who: str, media_id: str) -> None:
        self.likes = [pair for pair in self.likes if pair != (who, media_id)]

    def follow(self, who: str, whom: str) -> None:
        if (who, whom) not in [*self.follows, *self.requests]:
            (self.requests if whom == PRIVATE else self.follows).append((who, whom))

    def answer(self, who: str, *, lets_in: bool) -> None:
        if (who, PRIVATE) in self.requests:
            self.requests.remove((who, PRIVATE))
            if lets_in:
                self.follows.append((who, PRIVATE))
