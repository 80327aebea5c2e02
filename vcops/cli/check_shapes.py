"""A check on stdout for people, its complaint on stderr, and its exit status."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from vcops.cli.folding import folded, width_of
from vcops.cli.output import error_object
from vcops.cli.table import cell_width, table
from vcops.domain.checks import CheckResult, JudgedReading, PassedOver
from vcops.domain.findings import findings
from vcops.domain.metrics import METRICS
from vcops.domain.standards import ResolvedStandard
from vcops.domain.verdicts import Verdict
from vcops.errors import Conflict, Unreachable, VcopsError
from vcops.locale import _
from vcops.wording.findings import finding_words, needs_words
from vcops.wording.metrics import bound_words, check_name, how_words, metric_name, note_words, unit_word, value_words
from vcops.wording.passed_over import why_left
from vcops.wording.verdicts import verdict_sign, verdict_word

__all__ = ["CANCELLED", "check_json", "check_text", "passed_over_json", "status_of", "trouble_of"]

CANCELLED = 130
"""Exit status of a check that was stopped with Ctrl+C."""


def check_json(result: CheckResult) -> dict[str, Any]:
    """Return the public shape, with its own error in words where it has one."""
    trouble = trouble_of(result)
    found = findings(result.check, result.readings, result.standard)
    said = [{"code": one.code, "message": finding_words(one, result.standard)} for one in found]
    left = [passed_over_json(one) for one in result.passed_over]
    return result.as_json(error_object(trouble) if trouble and result.error else None, said, left)


def passed_over_json(one: PassedOver) -> dict[str, str]:
    """Return a server that was tried and left, with the reason in words."""
    return {"source": one.source, "code": one.why.code, "message": why_left(one)}


def check_text(result: CheckResult, *, every: bool = False) -> Iterator[str]:
    """Yield the lines of a check: the verdict and why, then each reading that falls short against its bound.

    What passes is one line, unless `every` reading is wanted: then each says how it was made, too.
    """
    standard = _("standard {id}").format(id=result.standard_id) if result.standard_id else ""
    head = ", ".join(part for part in (check_name(result.check), result.source, standard, _for_whom(result)) if part)
    yield from folded(head, width_of(sys.stdout))
    if result.standard_id:
        yield f"{verdict_sign(result.verdict)} {verdict_word(result.verdict, unclear=result.unclear)}"
    for one in findings(result.check, result.readings, result.standard):
        yield from folded(f"  {verdict_sign(one.verdict)} {finding_words(one, result.standard)}", width_of(sys.stdout))
    measured = [one for one in result.readings if one.reading.value is not None or one.reading.note != "not_measured"]
    if measured:
        yield from _readings(result.readings, every=every)


def _readings(readings: Iterable[JudgedReading], *, every: bool) -> Iterator[str]:
    """Yield what falls short as a table and the rest as one line; or everything."""
    shown, passing, others = [], 0, 0
    for one in readings:
        if every or _falls_short(one):
            shown.append(one)
        elif one.verdict is Verdict.PASS:
            passing += 1
        else:
            others += 1
    headings = ("", _("reading"), _("value"), "", _("bound"), _("verdict"), "")
    if shown:
        rows = [_row(one) for one in shown]
        lines = table(headings, rows, right=(2,)).split("\n")
        yield lines[0]
        for one, row, line in zip(shown, rows, lines[1:], strict=True):
            yield from _fitting(line, row[-1])
            if every and (made := _made(one)):
                yield from folded(f"     {made}", width_of(sys.stdout))
    if passing or others:
        told = [_("{count} met").format(count=passing)] if passing else []
        told += [_("{count} others").format(count=others)] if others else []
        yield _("{folded}; --all shows them").format(folded=", ".join(told))


def _fitting(line: str, remark: str) -> list[str]:
    """Return a reading's line; where the terminal is narrower, its remark stands below it."""
    width = width_of(sys.stdout)
    if width is None or not remark or cell_width(line) <= width:
        return [line]
    return [line.removesuffix(remark).rstrip(), *folded(f"     {remark}", width, indent="")]


def _falls_short(one: JudgedReading) -> bool:
    """Whether a reading is told without being asked for; an optional one that was not measured is not."""
    if one.verdict is Verdict.UNMEASURED:
        return one.required or one.reading.partial
    return one.verdict in (Verdict.WARN, Verdict.FAIL)


def _for_whom(result: CheckResult) -> str:
    """Return what the bounds were reckoned for, where they were."""
    return needs_words(result.standard.needs) if isinstance(result.standard, ResolvedStandard) else ""


def _made(one: JudgedReading) -> str:
    reading = one.reading
    return ", ".join(part for part in (reading.instrument, reading.subject, how_words(reading.how)) if part)


def trouble_of(result: CheckResult) -> VcopsError | None:
    """Return what a check that is not good complains of; its class gives the exit status. None for a good one."""
    if result.verdict.good:
        return None
    failed = result.verdict is Verdict.FAIL
    kind = Conflict if failed else Unreachable
    if result.error:
        return kind(result.error.code, **result.error.params)
    if failed:
        unmet = [one for one in result.readings if one.required and one.verdict is Verdict.FAIL]
        metrics = ", ".join(dict.fromkeys(metric_name(one.reading.metric) for one in unmet))
        return Conflict("check.not_met", standard=result.standard_id, metrics=metrics)
    if result.standard_id is None:
        return Unreachable("check.no_standard")
    return Unreachable("check.unmeasured", standard=result.standard_id)


def status_of(result: CheckResult) -> int:
    """Return the exit status: 0 met, 1 not met, 3 not measured, 130 stopped."""
    if result.stopped:
        return CANCELLED
    trouble = trouble_of(result)
    return trouble.exit_status if trouble else 0


def _row(one: JudgedReading) -> tuple[str, ...]:
    reading = one.reading
    remarks = [] if reading.note == "not_measured" else [note_words(reading.note)]  # its verdict says it already
    if METRICS[reading.metric].instrument == "camera":
        remarks.insert(0, reading.subject)
    if reading.partial:
        remarks.append(_("partial"))
    if one.verdict is not None and not one.required:
        remarks.append(_("optional"))
    return (
        verdict_sign(one.verdict) if one.verdict else " ",
        metric_name(reading.metric),
        value_words(reading.metric, reading.value),
        unit_word(reading.metric),
        bound_words(one.pass_text),
        verdict_word(one.verdict, unclear=reading.value is not None) if one.verdict else "",
        ", ".join(remark for remark in remarks if remark),
    )
