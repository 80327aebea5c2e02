"""A decision: what stands between the room and GO, worst first, and the three ways to decide."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import ClassVar

from textual.binding import BindingType

from vcops.domain.findings import findings
from vcops.domain.procedures import Gate
from vcops.domain.runs import Blocker, Decision, Ready, Standing
from vcops.domain.verdicts import Verdict
from vcops.formats.dates import clock_zone, short_day
from vcops.locale import _, language, ngettext
from vcops.tui.bindings import bindings
from vcops.tui.plain import Cell
from vcops.tui.prepare.commands import CHOOSE, key_of
from vcops.tui.prepare.paper import Paper
from vcops.tui.prepare.signs import ready_tone, remedy_words, standing_tone, trouble_words
from vcops.tui.prepare.steps import WALK_LIST
from vcops.tui.prepare.walked import Walked
from vcops.tui.sentences import finding_words
from vcops.tui.widgets.table import Column, Line, Table
from vcops.wording.verdicts import ready_sign, ready_word, standing_sign, standing_word

__all__ = ["DECIDE", "GatePane", "gate_lines"]

DECIDE = "decide:"
"""Before a decision's code in the key of its line; a step in the way has its own id."""


class GatePane(Table, inherit_bindings=False):
    """Enter on a step goes there; Enter on a decision takes it."""

    DEFAULT_CSS = "GatePane { width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [*WALK_LIST, *bindings([CHOOSE])]

    def __init__(self) -> None:
        super().__init__([Column(width=1, gap=1), Column(), Column(width=16)], id="gate")
        self._walked: Walked | None = None
        self._gate: Gate | None = None
        self._measuring: Collection[str] = ()

    def show_gate(self, walked: Walked, gate: Gate, measuring: Collection[str] = ()) -> None:
        """Show this gate as it stands; `measuring` are the steps whose checks run now."""
        self._walked, self._gate, self._measuring = walked, gate, list(measuring)
        self._draw()

    def on_resize(self) -> None:
        """Wrap the remedies anew."""
        super().on_resize()
        self._draw()

    def _draw(self) -> None:
        width = self.scrollable_content_region.width
        if self._walked and self._gate and width:
            self.show(gate_lines(self._walked, self._gate, width, self._measuring))


def gate_lines(walked: Walked, gate: Gate, width: int, measuring: Collection[str] = ()) -> list[Line]:
    """Return the lines of a gate: each step in the way with its remedy, and once which keys mend it from here."""
    blockers = walked.run.blockers(gate.id)
    lines = [_text(gate.title.said(language()), "strong")]
    decision = walked.run.decision(gate.id)
    if decision is not None:
        lines += _decided(walked, decision, width)
    lines.append(_text(""))
    if blockers:
        said = ngettext("{count} step stands in the way", "{count} steps stand in the way", len(blockers))
        lines.append(_text(said.format(count=len(blockers)), "strong"))
        keys = _("{again} does the marked one from here, Enter goes to it.")
        if any(one.step.check for one in blockers):
            keys = _("{again} does the marked one from here, {all} measures all, Enter goes to it.")
        lines += _wrapped(keys.format(again=key_of("again"), all=key_of("measure-all")), width, "dim", indent=0)
        for one in blockers:
            lines += _blocker(walked, one, width, measuring)
    else:
        lines.append(_text("✓ " + _("Nothing stands in the way."), "good"))
    if walked.is_settled(gate):
        said = _("It is decided, nothing is left to do here. Should a step cease to pass, it is withdrawn by itself.")
        return [*lines, *_wrapped(said, width, "dim", indent=0)]
    heading = _("Decide") if decision is None else _("Decide anew")
    return [*lines, _text(""), _text(heading, "strong"), *_choices(bool(blockers))]


def _text(text: str, tone: str = "") -> Line:
    return Line("", (Cell(text, tone),))


def _wrapped(text: str, width: int, tone: str, indent: int = 3) -> Iterator[Line]:
    paper = Paper(width)
    paper.paragraph(text, tone, indent=indent)
    for line in paper.lines:
        yield _text("".join(piece.text for piece in line), tone)


def _decided(walked: Walked, decision: Decision, width: int) -> Iterator[Line]:
    said = _("{sign} {word}: {name}, {day} at {time}").format(
        sign=ready_sign(decision.ready),
        word=ready_word(decision.ready),
        name=decision.by,
        day=short_day(decision.at, walked.zone),
        time=clock_zone(decision.at, walked.zone),
    )
    yield from _wrapped(said, width, ready_tone(decision.ready), indent=0)
    if decision.reason:
        yield from _wrapped(decision.reason, width, "")
    if decision.ready is Ready.NOT_READY:
        yield from _wrapped(_("Mend what speaks against it, then decide anew below."), width, "dim", indent=0)


def _blocker(walked: Walked, one: Blocker, width: int, measuring: Collection[str]) -> Iterator[Line]:
    tone, sign, word = standing_tone(one.standing), standing_sign(one.standing), standing_word(one.standing)
    if one.step.id in measuring:
        tone, sign, word = "accent", "▸", _("measuring")
    yield Line(one.step.id, (Cell(sign, tone), one.step.title.said(language()), Cell(word, tone)))
    if why := _why(walked, one):
        yield from _wrapped(why, width, "dim")


def _why(walked: Walked, one: Blocker) -> str:
    """Return what to do about it: the worst finding with its remedy, else the reason that was given."""
    attempt = walked.run.counting(one.step.id)
    if attempt is None or one.standing is Standing.PENDING:
        return ""
    if why := attempt.reason or remedy_words(one.step, attempt):
        return why
    standard = walked.standard(one.step)
    instrument = one.step.check.instrument if one.step.check else "room"
    worst = next(iter(findings(instrument, walked.readings(one.step, attempt), standard)), None)
    if worst is not None and worst.verdict is Verdict.FAIL:
        return finding_words(worst, standard)
    return trouble_words(attempt) or (finding_words(worst, standard) if worst and worst.verdict.rank else "")


def _choices(blocked: bool) -> Iterator[Line]:
    """Yield the three decisions; one that cannot be taken now is faint and cannot be chosen. One may always say no."""
    hints = {
        Ready.READY: _("not yet possible") if blocked else "",
        Ready.OVERRIDE: _("with a reason") if blocked else _("not needed"),
        Ready.NOT_READY: _("with a reason"),
    }
    impossible = Ready.READY if blocked else Ready.OVERRIDE
    for ready in Ready:
        sign, word, hint = ready_sign(ready), ready_word(ready), Cell(hints[ready], "dim")
        if ready is impossible:
            yield Line("", (Cell(sign, "dim"), Cell(word, "dim"), hint))
        else:
            yield Line(DECIDE + ready.value, (Cell(sign, ready_tone(ready)), Cell(word, "strong"), hint))
