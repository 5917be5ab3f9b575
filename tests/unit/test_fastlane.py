"""The fast lane reads the author of a comment under the wire's key, one way or the other."""

from __future__ import annotations

import pytest
from attrs import fields

from instagram_async.models import Comment
from instagram_async.v1 import fastlane

BODY = b'{"id":"1","created_time":"1","text":"\\"from\\": me","from" : {"id":"2","username":"a"}}'


def _author(body: bytes) -> str | None:
    comment: Comment = fastlane.fast(body, Comment)
    return None if comment.author is None else comment.author.username


def test_msgspec_has_learned_it() -> None:
    """Fails where a release of msgspec no longer sees the second name: then it is slower."""
    assert fastlane._TAUGHT is True
    assert _author(BODY) == "a"


def test_the_class_is_as_it_was() -> None:
    assert [field.name for field in fields(Comment)] == ["id", "created_time", "text", "author"]
    assert "from" not in Comment.__annotations__
    comment = fastlane.fast(BODY, Comment)
    assert comment.text == '"from": me'
    assert repr(comment).count("author") == 1


def test_an_author_is_no_from() -> None:
    body = BODY.replace(b'"from" :', b'"author":')
    assert _author(body) is None


def test_the_key_is_renamed_where_msgspec_has_not_learned_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fastlane, "_TAUGHT", False)
    assert fastlane._renamed(BODY) == BODY.replace(b'"from" :', b'"author" :')
    with pytest.raises(ValueError, match="author"):
        fastlane.fast(BODY.replace(b'"from" :', b'"author":'), Comment)


@pytest.mark.parametrize("error", [AttributeError, TypeError, ValueError])
def test_a_msgspec_that_minds_is_not_taught(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refuse(shape: object) -> None:
        raise error

    monkeypatch.setattr(fastlane, "_decoder", refuse)
    assert fastlane._teach(Comment) is False
    assert [field.name for field in fields(Comment)] == ["id", "created_time", "text", "author"]
