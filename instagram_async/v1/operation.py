"""What a row of the operation table says: pure."""

from __future__ import annotations

import re
from typing import Generic, Literal, NamedTuple, TypeVar

from attrs import field, frozen

from instagram_async.paging.cursor import CursorRule

T = TypeVar("T")

Kind = Literal["string", "integer", "number", "instant"]


class Parameter(NamedTuple):
    """A parameter of the query, or of the form body of a `POST`.

    Attributes:
        name: on the wire, and of the method's argument.
        kind: what it holds; an instant is whole seconds since 1970.
        required: whether it has to be there.
        documented: whether it was in the documentation of November 2015; the others work.
    """

    name: str
    kind: Kind = "string"
    required: bool = False
    documented: bool = True


_PLACEHOLDER = re.compile(r"\{\w+\}")


@frozen(kw_only=True)
class Operation(Generic[T]):
    """One operation.

    Attributes:
        name: the client's method.
        method: of HTTP.
        path: below the base URL, such as `users/{id}/media/recent`.
        model: what it answers with, or lists; `NoneType` for a write that answers nothing.
        row: its row in the tables of reference A.
        arguments: the method's names for the placeholders of the path, in order.
        parameters: what it takes besides.
        paging: how its list pages, `None` if it is no list.
        windowed: whether its list can be cut into windows of time.
        scope: what a token must allow, for apps since November 2015 (reference D.3).
        public: whether a `client_id` could stand in for the token before that.
        family: whose quota a write uses besides the general one (reference C.3).
        repeatable: whether carrying it out twice does no harm.
        deprecated: the day from which new apps could not use it.
    """

    name: str
    method: Literal["GET", "POST", "DELETE"] = "GET"
    path: str
    model: type[T]
    row: int
    arguments: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    paging: CursorRule | None = field(default=None, repr=False)
    windowed: bool = False
    scope: str = "public_content"
    public: bool = True
    family: str | None = None
    repeatable: bool = True
    deprecated: str | None = None

    @property
    def template(self) -> str:
        """The path with `{}` for each argument."""
        return _PLACEHOLDER.sub("{}", self.path)

    def __str__(self) -> str:
        """Its name in errors, such as `GET users/{id}/media/recent`."""
        return f"{self.method} {self.path}"
