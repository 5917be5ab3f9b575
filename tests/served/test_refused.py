"""Every operation raises the exact error of every refusal that was recorded, over a real socket."""

from __future__ import annotations

from typing import Any

import pytest

from instagram_async import (
    APIError,
    AuthenticationError,
    InstagramError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ResponseError,
    RetiredError,
    ServerError,
    SignatureError,
    UncertainWriteError,
)
from instagram_async.v1.operations import OPERATIONS
from tests.support.exchanges import EXCHANGES, SHORTCUTS, Exchange, name_of
from tests.support.fixtures import SHARED, refusals, shared_refusals
from tests.support.replying import Reply, carried_out, replying

OWN: dict[str, type[InstagramError]] = {
    "400_age_2014.json": PermissionDeniedError,
    "400_approval_2014.json": PermissionDeniedError,
    "400_client_limit_2013.json": RateLimitError,
    "400_code_2016.json": AuthenticationError,
    "400_comment_2014.json": InvalidRequestError,
    "400_count_2015.json": InvalidRequestError,
    "400_limit_2012.json": RateLimitError,
    "400_media_2015.json": NotFoundError,
    "400_no_token_2018.json": AuthenticationError,
    "400_private_2015.json": PermissionDeniedError,
    "400_retired_2020.json": RetiredError,
    "400_scope_2015.json": PermissionDeniedError,
    "400_self_2011.json": AuthenticationError,
    "400_tag_2016.json": PermissionDeniedError,
    "400_token_2013.json": AuthenticationError,
    "400_token_2015.json": AuthenticationError,
    "400_user_2015.json": NotFoundError,
    "403_signature_2015.json": SignatureError,
    "404_page.html": NotFoundError,
    "429_limit_2017.json": RateLimitError,
    "429_limit_family_2014.json": RateLimitError,
    "500_empty.html": ServerError,
    "502_gateway.html": ServerError,
    "503_busy.html": ServerError,
    "504_timeout.html": ServerError,
}
THEIRS: dict[str, type[InstagramError]] = {
    "fancrawl__error_502.html": ServerError,
    "fancrawl__error_503.html": ServerError,
    "fancrawl__error_APINotFoundError.json": NotFoundError,
    "instagram-devblog__error_APICommentTooLongError.json": InvalidRequestError,
    "issue-InstaBot-5__error_rate_limit_endpoint.json": RateLimitError,
    "issue-InstagramKit-165__error_count_zero.json": InvalidRequestError,
    "issue-hybridauth-922__error_missing_token.json": AuthenticationError,
    "issue-jInstagram-191__error_code_used.json": AuthenticationError,
    "issue-msdocs-150__error_endpoint_retired.json": RetiredError,
    "issue-python-instagram-34__error_rate_limit_420.json": RateLimitError,
    "python-instagram__user_no_auth_user.json": AuthenticationError,
    "thinkup__invalid_access_token.json": AuthenticationError,
    "urakozz__error_access_token_invalid.json": AuthenticationError,
    "urakozz__error_no_matching_code.json": AuthenticationError,
    "urakozz__subscription_create_error.json": InvalidRequestError,
}
EXPECTED = OWN | THEIRS
ALL = (*EXCHANGES, *SHORTCUTS)


def test_each_recorded_error_says_what_it_is() -> None:
    assert {refusal.name for refusal in refusals()} == set(OWN)
    if SHARED.is_dir():
        assert {refusal.name for refusal in shared_refusals()} == set(THEIRS)
    assert {exchange.operation for exchange in ALL} == set(OPERATIONS)


async def raised(exchange: Exchange, *replies: Reply) -> list[InstagramError]:
    """What the operation raises for each of some replies, in order."""
    errors: list[InstagramError] = []
    async with replying(exchange) as (client, desk):
        for number, reply in enumerate(replies, 1):
            desk.script.append(reply)
            # A refusal for quota closes the window of its token for a while.
            other = client.with_options(access_token=f"1000.{number:07x}.e2f1")
            with pytest.raises(InstagramError) as caught:
                await carried_out(other, exchange.plain)
            assert len(desk.queries) == number
            errors.append(caught.value)
    return errors


@pytest.mark.parametrize("exchange", ALL, ids=name_of)
async def test_refusals(exchange: Exchange) -> None:
    found = [*refusals(), *shared_refusals()]
    replies = [
        Reply(each.body, each.status, "text/html" if each.told == {} else "application/json")
        for each in found
    ]
    operation = exchange.operation
    for refusal, error in zip(found, await raised(exchange, *replies), strict=True):
        kind = EXPECTED[refusal.name]
        assert error.operation == str(operation), refusal
        told = refusal.told
        message = told.get("error_message", f"HTTP {refusal.status} without a word")
        if kind is ServerError and not operation.repeatable:
            assert type(error) is UncertainWriteError
            assert error.message == f"no telling whether it was carried out: {message}"
            continue
        assert type(error) is kind, refusal
        assert error.message == message
        assert isinstance(error, APIError | RateLimitError)
        assert error.status == refusal.status
        if isinstance(error, APIError):
            assert error.error_type == told.get("error_type")
        else:
            is_family = "meta" in refusal.body.decode() and "client" not in error.message
            assert error.family == (operation.family if is_family else None)


NO_JSON: tuple[bytes, ...] = (
    b"",
    b"<html><body><h1>Welcome</h1></body></html>",
    b'{"meta":{"code":200},"data":[{"id":"1"',
    b'{"meta":{"code":200}}',
    b"[]",
    b"null",
)


@pytest.mark.parametrize("exchange", ALL, ids=name_of)
async def test_what_is_no_reply_is_an_error(exchange: Exchange) -> None:
    for error in await raised(exchange, *map(Reply, NO_JSON)):
        expected = ResponseError if exchange.operation.repeatable else UncertainWriteError
        assert type(error) is expected
        assert "the reply is no JSON object with data in it" in error.message
        assert error.operation == str(exchange.operation)


READERS = [each for each in ALL if each.operation.family is None]


def shape(data: str) -> Reply:
    return Reply(f'{{"meta":{{"code":200}},"data":{data}}}'.encode())


@pytest.mark.parametrize("exchange", READERS, ids=name_of)
async def test_data_of_another_shape_is_an_error(exchange: Exchange) -> None:
    is_list = exchange.operation.paging is not None
    wrong: Any = ["null", '"x"', "7", '{"id":"1"}' if is_list else "[]"]
    for error in await raised(exchange, *map(shape, wrong)):
        assert type(error) is ResponseError
        assert error.path == "data"
        assert error.operation == str(exchange.operation)
        if is_list:
            assert error.message == "expected a list"
