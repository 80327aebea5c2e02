"""How standings and outcomes look: a sign, a word, a tone."""

from __future__ import annotations

from vcops.domain.checks import CheckFailed
from vcops.domain.procedures import Step
from vcops.domain.runs import Attempt, Outcome, Standing
from vcops.domain.verdicts import Ready, Verdict
from vcops.formats.numbers import number
from vcops.locale import language, ngettext
from vcops.tui.plain import Cell
from vcops.tui.sentences import explain
from vcops.wording.verdicts import outcome_word, standing_sign, standing_word, verdict_word

__all__ = [
    "attempt_cell", "held_up_words", "ready_tone", "remedy_words", "standing_cell", "standing_tone", "trouble_words",
    "value_words", "verdict_tone",
]  # fmt: skip

_VERDICTS = {Verdict.PASS: "good", Verdict.WARN: "warn", Verdict.UNMEASURED: "warn", Verdict.FAIL: "bad"}
_READY = {Ready.READY: "good", Ready.OVERRIDE: "warn", Ready.NOT_READY: "bad"}
_STANDINGS = {Standing.PENDING: "dim", Standing.SKIPPED: "warn"}


def verdict_tone(verdict: Verdict) -> str:
    """Return the tone that repeats what the word says."""
    return _VERDICTS[verdict]


def ready_tone(ready: Ready) -> str:
    """Return the tone of a decision."""
    return _READY[ready]


def standing_tone(standing: Standing) -> str:
    """Return the tone of where a step stands."""
    return _STANDINGS.get(standing) or _VERDICTS[Verdict(standing.value)]


def standing_cell(standing: Standing) -> Cell:
    """Return `✓ MEMENUHI`, `○ belum dikerjakan` and so on."""
    return Cell(f"{standing_sign(standing)} {standing_word(standing)}", standing_tone(standing))


def attempt_cell(attempt: Attempt) -> Cell:
    """Return how one attempt ended: the verdict where something was judged, else what was answered."""
    sign = standing_sign(attempt.standing)
    if attempt.verdict is not None and attempt.outcome is not Outcome.SKIPPED:
        unclear = not attempt.note and all(one.value is not None for one in attempt.readings)
        return Cell(f"{sign} {verdict_word(attempt.verdict, unclear=unclear)}", verdict_tone(attempt.verdict))
    return Cell(f"{sign} {outcome_word(attempt.outcome)}", standing_tone(attempt.standing))


def held_up_words(steps: int) -> str:
    """Return how many steps were answered and stand in the way all the same."""
    return ngettext("{count} with a problem", "{count} with a problem", steps).format(count=number(steps))


def value_words(step: Step, attempt: Attempt) -> str:
    """Return what was recorded; a choice in the language in use."""
    chosen = step.record.choice(attempt.value) if step.record else None
    return chosen.said(language()) if chosen else attempt.value


def remedy_words(step: Step, attempt: Attempt) -> str:
    """Return what to do after the choice that was made; empty where nothing is."""
    chosen = step.record.choice(attempt.value) if step.record else None
    return chosen.remedy.said(language()) if chosen and chosen.remedy else ""


def trouble_words(attempt: Attempt, *, remedy: bool = True) -> str:
    """Return why a measurement did not come to its end, and what to do; empty where it did."""
    if attempt.outcome is not Outcome.MEASURED or not attempt.note:
        return ""
    failed = CheckFailed.from_note(attempt.note)
    said = explain(failed.code, failed.params)
    return f"{said.message} {said.remedy}".strip() if remedy else said.message
