"""How a room stands, in a cell: what was decided, else whether it is being prepared."""

from __future__ import annotations

from vcops.domain.verdicts import Ready
from vcops.locale import _
from vcops.tui.plain import Cell

__all__ = ["readiness_cell"]


def readiness_cell(ready: Ready | None, *, open_run: bool) -> Cell:
    """Return the decision's sign and word; before any decision, whether someone is preparing the room."""
    if ready is not None:
        from vcops.tui.widgets.verdicts import ready_cell  # the first picture of a fresh day needs none

        return ready_cell(ready)
    return Cell(_("being prepared"), "accent") if open_run else Cell(_("not checked"), "dim")
