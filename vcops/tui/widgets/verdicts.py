"""Verdicts and decisions as a sign and a word, in the tone that repeats what they say."""

from __future__ import annotations

from vcops.domain.verdicts import Ready, Verdict
from vcops.tui.plain import Cell
from vcops.wording.verdicts import ready_sign, ready_word, verdict_sign, verdict_word

__all__ = ["ready_cell", "verdict_cell"]

_VERDICT_TONES = {Verdict.PASS: "good", Verdict.WARN: "warn", Verdict.UNMEASURED: "warn", Verdict.FAIL: "bad"}
_READY_TONES = {Ready.READY: "good", Ready.OVERRIDE: "warn", Ready.NOT_READY: "bad"}


def verdict_cell(verdict: Verdict) -> Cell:
    """Return `✓ MEMENUHI` in green, and so on."""
    return Cell(f"{verdict_sign(verdict)} {verdict_word(verdict)}", _VERDICT_TONES[verdict])


def ready_cell(ready: Ready) -> Cell:
    """Return `✓ SIAP` in green, and so on."""
    return Cell(f"{ready_sign(ready)} {ready_word(ready)}", _READY_TONES[ready])
