"""What a person types at a step that is recorded, checked: a number, a text, a choice, a score, a file."""

from __future__ import annotations

from datetime import datetime

from vcops.domain.metrics import METRICS
from vcops.domain.procedures import Record
from vcops.domain.readings import Reading
from vcops.domain.runs import Run
from vcops.domain.standards import judge
from vcops.domain.verdicts import Verdict
from vcops.errors import InvalidInput
from vcops.formats import read_decimal, read_number
from vcops.operations.typed import clean_lines

__all__ = ["LOWEST_SCORE", "TOP_SCORE", "Recorded", "read_record"]

LOWEST_SCORE, TOP_SCORE = 1, 5

Recorded = tuple[str, Verdict | None, tuple[Reading, ...]]
"""The value as stored; the verdict on a number that a standard judges, or of a choice; the number's reading."""


def read_record(run: Run, step_id: str, record: Record, text: str, now: datetime) -> Recorded:
    """Return what was typed, in one spelling. Raises InvalidInput saying what may be typed."""
    typed = clean_lines(text)
    if not typed:
        raise InvalidInput("run.value_needed", step=step_id, value="")
    if record.kind == "number":
        return _number(run, step_id, record, typed, now)
    if record.kind == "score":
        return _score(step_id, typed), None, ()
    if record.kind == "choice":
        return _choice(step_id, record, typed)
    return typed, None, ()


def _number(run: Run, step_id: str, record: Record, typed: str, now: datetime) -> Recorded:
    metric = METRICS[record.metric] if record.metric else None
    try:
        value = float(read_number(typed)) if metric and metric.decimals == 0 else float(read_decimal(typed))
    except ValueError as error:
        raise InvalidInput("run.not_a_number", step=step_id, value=typed) from error
    if metric is None:
        return typed, None, ()
    if not metric.lowest <= value <= metric.highest:
        lowest = f"{metric.lowest:g}"
        if metric.highest == float("inf"):
            raise InvalidInput("run.too_low", step=step_id, value=typed, lowest=lowest)
        raise InvalidInput("run.out_of_range", step=step_id, value=typed, lowest=lowest, highest=f"{metric.highest:g}")
    reading = Reading(metric.id, value, now, instrument="person", how="counted")
    standard = run.standards.get(record.standard or "")
    requirement = standard.requirement(metric.id) if standard else None
    return typed, judge(requirement, reading) if requirement else None, (reading,)


def _score(step_id: str, typed: str) -> str:
    if typed not in {str(score) for score in range(LOWEST_SCORE, TOP_SCORE + 1)}:
        raise InvalidInput("run.not_a_score", step=step_id, value=typed, lowest=LOWEST_SCORE, highest=TOP_SCORE)
    return typed


def _choice(step_id: str, record: Record, typed: str) -> Recorded:
    """Take a choice by its number or its words in either language; store the Indonesian, and what it is worth."""
    for place, choice in enumerate(record.choices, start=1):
        if typed.lower() in {str(place), choice.said("id").lower(), choice.said("en").lower()}:
            return choice.said("id"), Verdict(choice.verdict) if choice.verdict else None, ()
    expected = ", ".join(one.said("id") for one in record.choices)
    raise InvalidInput("run.not_a_choice", step=step_id, value=typed, expected=expected)
