"""One meeting's record of proceedings (berita acara) as plain text, 80 columns wide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from vcops.documents.frame import framed, numbered
from vcops.documents.layout import Column, centred, pairs, table, wrapped
from vcops.documents.tally_text import saving_texts
from vcops.domain.meetings import HeadCount, Incident, Meeting
from vcops.domain.reports import MeetingReport
from vcops.domain.runs import Decision, Run, Standing, progress
from vcops.formats import clock, clock_zone, long_day, number, span
from vcops.locale import _, language
from vcops.wording.terms import count_method_name, kind_name, mode_name, platform_name, service_name, state_name
from vcops.wording.verdicts import ready_word, standing_word

__all__ = ["meeting_text"]

_UNTROUBLED = (Standing.PASS, Standing.PENDING)


def meeting_text(report: MeetingReport) -> str:
    """Return the whole record. What was never entered is left out."""
    title = [*centred(_("RECORD OF A VIRTUAL MEETING")), *centred(report.details.meeting.title)]
    return framed(report, title, numbered(_sections(report)), draft=_("*** DRAFT: this meeting has not ended ***"))


def _sections(report: MeetingReport) -> Iterator[tuple[str, list[str]]]:
    details = report.details
    meeting = details.meeting
    yield _("Meeting"), pairs([row for row in _facts(report) if row[1]])
    yield _("Participants"), _counts(meeting, details.counts)
    yield _("Incidents"), _incidents(meeting, details.incidents)
    yield _("Readiness of the room"), _readiness(meeting, report.run)
    totals = [report.total] if report.total else []
    blocks = saving_texts(totals, what_if=report.what_if)
    yield _("Avoided cost"), [line for block in blocks for line in block]
    if meeting.notes:
        yield _("Notes"), wrapped(meeting.notes)


def _facts(report: MeetingReport) -> Iterator[tuple[str, str]]:
    details = report.details
    meeting = details.meeting
    yield _("Unit"), details.unit.name if details.unit else ""
    yield _("Organiser"), meeting.organiser
    yield _("Letter"), meeting.letter
    yield _("Room"), details.room.name if details.room else ""
    yield _("Day"), long_day(meeting.start, meeting.zone) if meeting.start else ""
    yield _("Planned"), _hours(meeting, meeting.planned_start, meeting.planned_end)
    yield _("Held"), _hours(meeting, meeting.started_at, meeting.ended_at)
    if meeting.started_at and meeting.ended_at:
        yield _("Lasted"), span(meeting.ended_at - meeting.started_at)
    yield _("State"), state_name(meeting.state.value)
    yield _("Reason"), meeting.cancel_reason
    yield _("Kind"), kind_name(meeting.kind)
    yield _("Mode"), mode_name(meeting.mode)
    yield _("Class of service"), ", ".join(service_name(one) for one in meeting.service)
    yield _("Platform"), platform_name(meeting.platform) if meeting.platform else ""
    yield _("Team"), meeting.team
    yield _("Evidence"), meeting.evidence


def _hours(meeting: Meeting, start: datetime | None, end: datetime | None) -> str:
    if start is None:
        return ""
    if end is None:
        return clock_zone(start, meeting.zone)
    return f"{clock(start, meeting.zone)} - {clock_zone(end, meeting.zone)}"


def _counts(meeting: Meeting, counts: tuple[HeadCount, ...]) -> list[str]:
    if not counts:
        people = meeting.participants
        return [_("Nobody was counted.") if people is None else number(people)]
    columns = [
        Column(_("Time")),
        Column(_("Online"), right=True),
        Column(_("In the room"), right=True),
        Column(_("Together"), right=True),
        Column(_("How it was counted"), flexible=True),
        Column(_("By"), flexible=True),
    ]
    rows = [
        [
            clock(one.at, meeting.zone),
            "-" if one.online is None else number(one.online),
            "-" if one.in_room is None else number(one.in_room),
            number(one.total),
            count_method_name(one.method.value),
            one.by,
        ]
        for one in counts
    ]
    shown = table(columns, rows)
    if meeting.participants is not None:
        shown += wrapped(_("Participants of the meeting: {people}.").format(people=number(meeting.participants)))
    return shown


def _incidents(meeting: Meeting, incidents: tuple[Incident, ...]) -> list[str]:
    if not incidents:
        return [_("None was noted.")]
    columns = [
        Column(_("Time")),
        Column(_("Lasted")),
        Column(_("What happened"), flexible=True),
        Column(_("What was done"), flexible=True),
    ]
    rows = [
        [
            clock(one.started_at, meeting.zone),
            span(one.recovered_at - one.started_at) if one.recovered_at else _("not recovered"),
            one.text,
            one.action,
        ]
        for one in incidents
    ]
    return table(columns, rows)


def _readiness(meeting: Meeting, run: Run | None) -> list[str]:
    if run is None:
        return [_("No procedure was walked through for this meeting.")]
    done, steps = progress(run.steps(), run)
    rows = [
        (_("Procedure"), run.procedure.title.said(language())),
        (_("Steps answered"), _("{done} of {steps}").format(done=number(done), steps=number(steps))),
    ]
    rows += [_decided(meeting, decision) for _phase, gate in run.gates() if (decision := run.decision(gate.id))]
    return [*pairs(rows), *_troubles(run)]


def _decided(meeting: Meeting, decision: Decision) -> tuple[str, str]:
    when = f"{clock_zone(decision.at, meeting.zone)}, {decision.by}"
    reason = f": {decision.reason}" if decision.reason else ""
    return _("Decision"), f"{ready_word(decision.ready)} ({when}){reason}"


def _troubles(run: Run) -> list[str]:
    found = [(one, run.standing(one.id)) for one in run.steps()]
    rows = []
    for step, standing in found:
        if standing not in _UNTROUBLED:
            attempt = run.counting(step.id)
            rows.append([step.title.said(language()), standing_word(standing), attempt.reason if attempt else ""])
    if not rows:
        return []
    columns = [Column(_("Step"), flexible=True), Column(_("Result")), Column(_("Reason"), flexible=True)]
    return ["", *table(columns, rows)]
