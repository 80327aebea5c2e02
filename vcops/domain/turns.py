"""Which automatic checks may be made side by side, and which keep away from a meeting that is on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

from vcops.domain.metrics import Instrument

__all__ = ["begins_by_itself", "beside", "fills_the_link", "in_turn", "kept_from", "needs_someone"]

Item = TypeVar("Item")

_FILLS_THE_LINK: frozenset[Instrument] = frozenset({"connection"})
_SOUNDS: frozenset[Instrument] = frozenset({"sound"})
_SEES: frozenset[Instrument] = frozenset({"camera"})


def beside(instrument: Instrument, running: Collection[Instrument]) -> bool:
    """Whether a check may begin while others run.

    One of a kind at a time: two would share a device. What fills the link runs alone: the pictures of a network
    camera and the platform's answers would be late because of it, and its own figures low because of them.
    """
    if not running:
        return True
    return instrument not in running and _FILLS_THE_LINK.isdisjoint({instrument, *running})


def fills_the_link(instrument: Instrument) -> bool:
    """Whether a check takes all that the link gives: two at once each read half of it."""
    return instrument in _FILLS_THE_LINK


def in_turn(items: Iterable[tuple[Instrument, Item]]) -> list[Item]:
    """Return what is to be checked in the order to begin it: what runs together first, what fills the link last."""
    return [item for _instrument, item in sorted(items, key=lambda one: one[0] in _FILLS_THE_LINK)]


def begins_by_itself(instrument: Instrument, *, meeting_here: bool) -> bool:
    """Whether nobody notices the check, so that it may begin when one arrives at its step."""
    return not (instrument in _FILLS_THE_LINK | _SOUNDS or (meeting_here and instrument in _SEES))


def needs_someone(instrument: Instrument) -> bool:
    """Whether somebody has to do their part just then: to speak, and to be silent. Nobody does who is not asked."""
    return instrument in _SOUNDS


def kept_from(instrument: Instrument, *, here: bool, elsewhere: bool) -> bool:
    """Whether a running meeting would suffer: `here` in the same room, `elsewhere` on what may be the same link."""
    return (here and not begins_by_itself(instrument, meeting_here=True)) or (
        elsewhere and instrument in _FILLS_THE_LINK
    )
