"""One line of a benchmark's table, and how the table is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Row", "print_table"]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `ours` and `reference` share `unit`; `target` is the highest ratio (or value) allowed.

    Without a reference the value itself is held against the target. What could not be measured is not a number: it
    is printed as a dash, and its target is missed.
    """

    name: str
    ours: float
    unit: str
    target: float
    reference: float | None = None

    @property
    def figure(self) -> float:
        """What is held against the target."""
        return self.ours / self.reference if self.reference else self.ours

    @property
    def reached(self) -> bool:
        """Whether the target is met."""
        return self.figure <= self.target


def print_table(title: str, rows: Iterable[Row]) -> bool:
    """Print the rows as they come; return whether all targets were met."""
    print(f"\n{title}\n{'what':52} {'ours':>12} {'reference':>12} {'figure':>9} {'target':>9}", flush=True)
    good = True
    for row in rows:
        reference = f"{row.reference:.4g} {row.unit}" if row.reference is not None else ""
        figure = f"{row.figure:.2f}x" if row.reference is not None else f"{row.ours:.4g}"
        figure = figure.replace("nan", "-").replace("-x", "-")
        target = f"{row.target:g}x" if row.reference is not None else f"{row.target:g}"
        sign = "" if row.reached else "  <- missed"
        ours = f"{row.ours:.4g}".replace("nan", "-")
        print(f"{row.name:52} {ours:>9} {row.unit:<2} {reference:>12} {figure:>9} {target:>9}{sign}", flush=True)
        good &= row.reached
    return good
