"""The page on python-instagram names all that it has, and nothing that either side has not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from instagram_async import Client, UncertainWriteError
from tests.support.migration import METHODS, OF_THE_APP, PLAIN, check, models, pairs, spans, tables
from tests.support.raw import Answer, raw_server

# The column of ours, by the headings of the tables.
OURS = {
    **dict.fromkeys((*METHODS, *OF_THE_APP), 2),
    **dict.fromkeys(("What all methods take", "What the class has", "Below it", "Models"), 1),
}


def ours() -> Iterator[str]:
    for title, column in OURS.items():
        for table in tables(title):
            for row in table:
                assert spans(row[column]) or row[column] in ("", "no counterpart"), row
                yield from spans(row[column])


@pytest.mark.parametrize("code", sorted(set(ours())))
def test_what_is_named_here_is_here_and_takes_what_it_is_given(code: str) -> None:
    check(code)


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("client.user_recent(user_id, size=5)", TypeError),
        ("await client.relationship()", TypeError),
        ("client.user_recently()", AttributeError),
        ("media.pictures", AttributeError),
        ("InstagramAPI(token)", AttributeError),
        ("5", AttributeError),
    ],
)
def test_what_is_not_here_is_noticed(code: str, wrong: type[Exception]) -> None:
    with pytest.raises(wrong):
        check(code)


def test_every_table_is_read() -> None:
    headings = re.findall(r"(?m)^#+ (.+)$", PLAIN)
    with_tables = {title for title in headings if tables(re.escape(title))}
    assert with_tables == {*OURS, "Errors"}
    assert len(pairs(*METHODS)) == 33
    assert len(models()) > 40


async def test_a_subscription_without_an_answer_is_uncertain_and_tells_no_secret() -> None:
    async with (
        raw_server(Answer(then="close")) as raw,
        Client(client_id="my-app", base_url=raw.base_url) as app,
    ):
        with pytest.raises(UncertainWriteError) as caught:
            await app.call("POST", "subscriptions", client_secret="s3cret/of+mine", object="user")
        assert [request.body for request in raw.arrived] == [
            b"client_secret=s3cret%2Fof%2Bmine&object=user&client_id=my-app"
        ]
    assert caught.value.parameters == (("object", "user"),)
    assert "s3cret" not in repr(caught.value)
