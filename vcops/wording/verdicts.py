"""Verdicts, standings, decisions and outcomes as a sign and a word: both come before any colour.

Keyed by the codes' text, so that Today can show a decision without loading the models of a run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcops.locale import N_, _

if TYPE_CHECKING:
    from vcops.domain.runs import Outcome, Standing
    from vcops.domain.verdicts import Ready, Verdict

__all__ = [
    "outcome_word", "ready_sign", "ready_word", "standing_sign", "standing_word", "verdict_sign", "verdict_word",
]  # fmt: skip

_VERDICTS = {
    "pass": ("✓", N_("MET")),
    "warn": ("!", N_("ATTENTION")),
    "unmeasured": ("?", N_("NOT MEASURED")),
    "fail": ("✗", N_("NOT MET")),
}
_STANDINGS = {
    **_VERDICTS,
    "pending": ("○", N_("to do")),
    "skipped": ("–", N_("SKIPPED")),
}
_READY = {
    "ready": ("✓", N_("READY")),
    "override": ("!", N_("READY WITH A NOTE")),
    "not_ready": ("✗", N_("NOT READY")),
}
_OUTCOMES = {
    "done": N_("done"),
    "failed": N_("failed"),
    "skipped": N_("skipped"),
    "measured": N_("measured"),
}


def verdict_sign(verdict: Verdict) -> str:
    """Return one character that tells verdicts apart without colour."""
    return _VERDICTS[verdict.value][0]


def verdict_word(verdict: Verdict, *, unclear: bool = False) -> str:
    """Return `MET`, `ATTENTION`, `NOT MEASURED`, `NOT MET` in the language in use.

    `unclear`: there are figures, but none that a verdict can be given on: `NOT CERTAIN` instead of `NOT MEASURED`.
    """
    if unclear and verdict.value == "unmeasured":
        return _("NOT CERTAIN")
    return _(_VERDICTS[verdict.value][1])


def standing_sign(standing: Standing) -> str:
    """Return one character for where a step stands."""
    return _STANDINGS[standing.value][0]


def standing_word(standing: Standing) -> str:
    """Return the verdict's word, or `to do` and `SKIPPED`."""
    return _(_STANDINGS[standing.value][1])


def ready_sign(ready: Ready) -> str:
    """Return one character for a gate's decision."""
    return _READY[ready.value][0]


def ready_word(ready: Ready) -> str:
    """Return `READY`, `READY WITH A NOTE`, `NOT READY` in the language in use."""
    return _(_READY[ready.value][1])


def outcome_word(outcome: Outcome) -> str:
    """Return how an attempt ended, in one word."""
    return _(_OUTCOMES[outcome.value])
