"""A short list of answers, each with the digit that takes it."""

from __future__ import annotations

from collections.abc import Sequence

from vcops.tui.plain import Cell
from vcops.tui.widgets.table import Column, Line, Table

__all__ = ["DIGITS", "Numbered"]

DIGITS = 9
"""So many answers have a digit."""


class Numbered(Table):
    """A `Table` of (value, label), filled and measured before it is mounted: one layout draws it all."""

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__([Column(width=1), Column()])
        self.show(
            Line(value, (Cell(str(place) if place <= DIGITS else "", "accent"), label))
            for place, (value, label) in enumerate(choices, start=1)
        )
        self.styles.height = len(choices)

    @classmethod
    def _get_component_classes(cls) -> frozenset[str]:  # type: ignore[override] # Textual keeps its own in a cache
        """Leave out the tones that no answer has: to match their styles takes a millisecond of opening a dialog.

        Textual's `inherit_component_classes` is for this, but a widget's class does not take it.
        """
        return frozenset({"table--cursor", "table--blurred", "table--accent"})
