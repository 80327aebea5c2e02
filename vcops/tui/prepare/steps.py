"""The left column of a walk: phases, steps and decisions with their signs."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual.binding import BindingType

from vcops.domain.procedures import Gate, Step
from vcops.domain.runs import Standing
from vcops.locale import _, language
from vcops.tui.bindings import bindings
from vcops.tui.commands import Command
from vcops.tui.plain import Cell
from vcops.tui.prepare.signs import ready_tone, standing_tone
from vcops.tui.prepare.walked import GATE, Walked
from vcops.tui.widgets.table import Column, Line, Table
from vcops.wording.verdicts import ready_sign, ready_word, standing_sign

__all__ = ["WALK_LIST", "StepList", "step_lines"]

_KEYS = (
    Command("list.down", "j,down"),
    Command("list.up", "k,up"),
    Command("list.top", "home"),
    Command("list.bottom", "G,end"),
    Command("list.page-down", "pagedown,ctrl+f"),
    Command("list.page-up", "pageup,ctrl+b"),
)
"""Those of every list, without the two that a walk uses itself: Enter does the step, g goes to the decision."""


WALK_LIST = bindings(_KEYS)


class StepList(Table, inherit_bindings=False):
    """Where one stands in the procedure."""

    DEFAULT_CSS = "StepList { width: 30; }"
    BINDINGS: ClassVar[list[BindingType]] = WALK_LIST

    def __init__(self) -> None:
        super().__init__([Column(width=1, gap=1), Column()], id="steps")
        self._led_to = ""

    def turn_to(self, key: str) -> bool:
        """Put the cursor on the line of that key, with what comes before and after it in sight too."""
        self._led_to = key
        found = super().turn_to(key)
        self._keep_in_sight()
        return found

    def _keep_in_sight(self) -> None:
        """Scroll to the cursor; to what is around it until it is moved away, also when the height changes."""
        super()._keep_in_sight()
        if self._led_to != self.current:
            self._led_to = ""
            return
        height, top = self.size.height, self.scroll_offset.y
        if not top + 2 <= self.cursor < top + height - 3:
            self.scroll_to(y=max(0, self.cursor - height // 2), animate=False, immediate=True)


def step_lines(walked: Walked, measuring: Collection[str] = ()) -> list[Line]:
    """Return the lines; `measuring` are the steps whose checks run now."""
    applying = {one.id for one in walked.run.steps()}
    lines: list[Line] = []
    for phase in walked.run.procedure.phases:
        if lines:
            lines.append(Line("", ("",)))
        lines.append(Line("", (Cell(phase.title.said(language()), "strong"),)))
        lines += [_step(walked, one, measuring) for one in phase.steps if one.id in applying]
        if phase.gate:
            lines.append(_gate(walked, phase.gate))
    if dropped := walked.run.dropped():
        lines += [Line("", ("",)), Line("", (Cell(_("No longer applies"), "strong"),))]
        lines += [_step(walked, one, measuring) for one in dropped]
    return lines


def _step(walked: Walked, step: Step, measuring: Collection[str]) -> Line:
    standing = walked.run.standing(step.id)
    title = step.title.said(language())
    if step.id in measuring:
        return Line(step.id, (Cell("▸", "accent"), Cell(title, "accent")))
    faded = (
        not walked.applies(step)
        or standing in (Standing.PASS, Standing.SKIPPED)
        or (standing is Standing.PENDING and not step.required)
    )
    return Line(step.id, (Cell(standing_sign(standing), standing_tone(standing)), Cell(title, "dim" if faded else "")))


def _gate(walked: Walked, gate: Gate) -> Line:
    """A decision that was made says what it came to, in the place of what is to be decided.

    Without the word Decision before it: with that it was cut in a narrow window. Its sign is no step's.
    """
    decision = walked.run.decision(gate.id)
    said = ready_word(decision.ready) if decision else gate.title.said(language())
    sign = Cell(ready_sign(decision.ready), ready_tone(decision.ready)) if decision else Cell("◇", "accent")
    return Line(GATE + gate.id, (sign, Cell(said, "strong")))
