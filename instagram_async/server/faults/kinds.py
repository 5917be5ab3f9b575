"""The vocabulary: which kinds there are, at which stage each acts, and on what it can."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from attrs import frozen

from instagram_async.models import Media
from instagram_async.server.route import Route

FaultKind = Literal[
    "stall", "delay", "reset_before", "close_before",
    "status", "rate_limit", "rate_limit_meta", "rate_storm", "meta_error", "error",
    "redirect",
    "repeat_cursor", "empty_page", "ignore_bounds", "duplicate_items", "out_of_order",
    "null_pagination", "blank_pagination", "bad_item", "delete_between", "post_between",
    "truncated", "json_as_html", "html_as_json", "bad_gzip", "huge", "low_remaining",
    "reset_after", "lost_reply", "cut_headers", "cut_body", "drip",
]  # fmt: skip
Stage = Literal["early", "answer", "listing", "reply", "leaving"]


def _any(route: Route) -> bool:  # noqa: ARG001
    return True


def _list(route: Route) -> bool:
    return route.is_listing


def _paged(route: Route) -> bool:
    return bool(route.parameter)


def _bounded(route: Route) -> bool:
    return route.is_listing and bool(route.bounds)


def _paged_media(route: Route) -> bool:
    return route.operation.model is Media and (_paged(route) or _bounded(route))


@frozen
class Kind:
    """What is known of a kind of fault.

    Attributes:
        stage: before the request is looked at; instead of carrying it out; on the listing
            that is read; on the reply; on the bytes as they leave.
        options: the names of what can be said of it besides.
        fits: whether it can happen to an operation.
        times: how many requests it hits unless told otherwise.
        size: bytes, of the kinds that have a size.
    """

    stage: Stage
    options: tuple[str, ...] = ()
    fits: Callable[[Route], bool] = _any
    times: int = 1
    size: int = 0


KINDS: Mapping[FaultKind, Kind] = {
    "stall": Kind("early"),
    "delay": Kind("early", ("seconds",)),
    "reset_before": Kind("early"),
    "close_before": Kind("early"),
    "status": Kind("answer", ("status", "body", "retry_after")),
    "rate_limit": Kind("answer", ("retry_after",)),
    "rate_limit_meta": Kind("answer", ("retry_after",)),
    "rate_storm": Kind("answer", ("retry_after", "rate_headers"), times=5),
    "meta_error": Kind("answer"),
    "error": Kind("answer", ("error_type", "message", "code", "flat")),
    "redirect": Kind("answer"),
    "repeat_cursor": Kind("listing", fits=_paged),
    "empty_page": Kind("listing", fits=_list),
    "ignore_bounds": Kind("listing", fits=_bounded),
    "duplicate_items": Kind("listing", fits=_list),
    "out_of_order": Kind("listing", fits=_list),
    "null_pagination": Kind("listing", fits=_list),
    "blank_pagination": Kind("listing", fits=_paged),
    "bad_item": Kind("listing", fits=_list),
    "delete_between": Kind("listing", fits=_paged_media),
    "post_between": Kind("listing", fits=_paged_media),
    "truncated": Kind("reply"),
    "json_as_html": Kind("reply"),
    "html_as_json": Kind("reply"),
    "bad_gzip": Kind("reply"),
    "huge": Kind("reply", ("size",), size=33 * 2**20),
    "low_remaining": Kind("reply", ("remaining",)),
    "reset_after": Kind("leaving"),
    "lost_reply": Kind("leaving"),
    "cut_headers": Kind("leaving", ("ending",)),
    "cut_body": Kind("leaving", ("ending",)),
    "drip": Kind("leaving", ("size", "seconds"), size=4096),
}
"""All kinds by their names, in the order of the stages."""


def kind_of(name: str) -> Kind:
    """What is known of a kind.

    Raises:
        ValueError: there is none of this name.
    """
    for known, kind in KINDS.items():
        if known == name:
            return kind
    raise ValueError(f"there is no fault {name!r}")
