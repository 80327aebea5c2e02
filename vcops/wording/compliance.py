"""How well a procedure was kept, in words and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcops.formats.numbers import number
from vcops.locale import _, language

if TYPE_CHECKING:
    from vcops.domain.compliance import Compliance, StepTime

__all__ = ["headings", "share_words", "slowest", "time_words"]

_SLOWEST = 5
"""Steps told one by one: those furthest beyond their standard."""


def headings() -> tuple[str, str, str, str, str]:
    """Return what the columns of figures are called."""
    return _("month"), _("walks"), _("in time"), _("right at once"), _("with a note")


def share_words(one: Compliance) -> tuple[str, str, str]:
    """Return the three shares as percentages; a dash where there was nothing to count."""
    shares = (one.in_time_share, one.first_right_share, one.overridden_share)
    in_time, right, overridden = ("–" if share is None else f"{number(share * 100)} %" for share in shares)
    return in_time, right, overridden


def slowest(one: Compliance) -> list[StepTime]:
    """Return the steps that took longer than their standard, the furthest beyond it first."""
    late = [each for each in one.times if each.median > each.standard]
    return sorted(late, key=lambda each: each.standard - each.median)[:_SLOWEST]


def time_words(one: StepTime) -> str:
    """Return `Test the microphone: 9 of 5 minutes, 12 times`."""
    said = _("{step}: {took} of {standard} minutes, {count} times")
    return said.format(
        step=one.title.said(language()),
        took=number(one.median, 1),
        standard=number(one.standard, 0 if one.standard == int(one.standard) else 1),
        count=number(len(one.took)),
    )
