"""A check on stdout for people, its complaint on stderr, and its exit status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcops.cli.output import error_object
from vcops.cli.table import table
from vcops.domain.checks import CheckResult, JudgedReading
from vcops.domain.verdicts import Verdict
from vcops.errors import Conflict, Unreachable, VcopsError
from vcops.locale import _
from vcops.wording.metrics import bound_words, check_name, metric_name, note_words, unit_word, value_words
from vcops.wording.verdicts import verdict_sign, verdict_word

__all__ = ["CANCELLED", "check_json", "check_text", "status_of", "trouble_of"]

CANCELLED = 130
"""Exit status of a check that was stopped with Ctrl+C."""


def check_json(result: CheckResult) -> dict[str, Any]:
    """Return the public shape, with its own error in words where it has one."""
    trouble = trouble_of(result)
    return result.as_json(error_object(trouble) if trouble and result.error else None)


def check_text(result: CheckResult) -> Iterator[str]:
    """Yield the lines of a check: what was measured, each reading against its bound, the verdict of the whole."""
    standard = _("standard {id}").format(id=result.standard_id) if result.standard_id else ""
    yield ", ".join(part for part in (check_name(result.check), result.source, standard) if part)
    headings = ("", _("reading"), _("value"), "", _("bound"), _("verdict"), "")
    if any(one.reading.value is not None or one.reading.note != "not_measured" for one in result.readings):
        yield table(headings, [_row(one) for one in result.readings], right=(2,))
    if result.standard_id:
        yield f"{verdict_sign(result.verdict)} {verdict_word(result.verdict)}"


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
        metrics = ", ".join(metric_name(one.reading.metric) for one in unmet)
        return Conflict("check.not_met", standard=result.standard_id, metrics=metrics)
    if result.standard_id is None:
        return Unreachable("check.no_standard")
    return Unreachable("check.unmeasured", standard=result.standard_id)


def status_of(result: CheckResult) -> int:
    """Return the exit status: 0 met, 1 not met, 3 not measured, 130 stopped."""
    if result.error and result.error.code == "probe.cancelled":
        return CANCELLED
    trouble = trouble_of(result)
    return trouble.exit_status if trouble else 0


def _row(one: JudgedReading) -> tuple[str, ...]:
    reading = one.reading
    remarks = [] if reading.note == "not_measured" else [note_words(reading.note)]  # its verdict says it already
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
        verdict_word(one.verdict) if one.verdict else "",
        ", ".join(remark for remark in remarks if remark),
    )
