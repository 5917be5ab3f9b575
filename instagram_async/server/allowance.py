"""How much may be asked in an hour (reference C.3)."""

from __future__ import annotations

from typing import Literal, get_args

from attrs import evolve, frozen

from instagram_async.server.era import Era, era_of
from instagram_async.server.switches import Families

Preset = Literal["live", "sandbox", "2018"]
"""`live` is what an era allowed apps that were live."""

_SANDBOX = 500
_SANDBOX_FAMILIES = Families(30, 30, 30)


@frozen
class Allowance:
    """How much is allowed in a window (reference C.3).

    Attributes:
        general: requests per asker.
        families: writes per asker and family.
        signed_families: the same when the write that asks is signed (reference D.5, D.6).

    Raises:
        ValueError: one of them is not positive.
    """

    general: int
    families: Families
    signed_families: Families

    def __attrs_post_init__(self) -> None:
        if min(self.general, *self.families, *self.signed_families) < 1:
            raise ValueError(f"limits must be positive, not {self.general} and {self.families}")


def allowance_of(
    era: Era, preset: Preset, *, limit: int | None, family_limit: int | None
) -> Allowance:
    """How much a server is to allow (reference C.3).

    Args:
        era: whose numbers.
        preset: which of them; those of a sandbox are 500 and 30, and never more than those
            of live apps.
        limit: general limit in place of theirs.
        family_limit: limit of each family in place of theirs.

    Raises:
        ValueError: there is no such preset, or a limit is not positive.

    Example:
        >>> allowance_of(era_of("2016"), "sandbox", limit=None, family_limit=None).general
        500
    """
    if preset not in get_args(Preset):
        raise ValueError(f"limits must be one of {', '.join(get_args(Preset))}, not {preset!r}")
    when = era_of("2018") if preset == "2018" else era
    made = Allowance(when.limit, when.families, when.signed_families)
    if preset == "sandbox":
        made = Allowance(min(_SANDBOX, era.limit), _SANDBOX_FAMILIES, _SANDBOX_FAMILIES)
    if limit is not None:
        made = evolve(made, general=limit)
    if family_limit is not None:
        families = Families(family_limit, family_limit, family_limit)
        made = evolve(made, families=families, signed_families=families)
    return made
