"""Ids as they are typed: whole, or the last characters of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vcops.errors import Conflict, InvalidInput

__all__ = ["SHORTEST_TAIL", "Codes", "whole_id"]

SHORTEST_TAIL = 4
"""Fewer characters would soon stand at the end of several ids."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The errors of one kind of row: too short a tail, none that ends so, several that do."""

    short: str
    unknown: str
    ambiguous: str


def whole_id(typed: str, ending_in: Callable[[str], Sequence[str]], codes: Codes) -> str:
    """Return the one id that ends so; `ending_in` asks the store for a few. Raises InvalidInput, Conflict."""
    tail = typed.strip().lower()
    if len(tail) < SHORTEST_TAIL:
        raise InvalidInput(codes.short, value=typed, least=SHORTEST_TAIL)
    found = ending_in(tail) if re.fullmatch("[0-9a-f-]{1,36}", tail) else []
    if not found:
        raise InvalidInput(codes.unknown, value=typed)
    if len(found) > 1:
        raise Conflict(codes.ambiguous, value=typed, ids=", ".join(one[-8:] for one in found))
    return found[0]
