"""One meeting's record of proceedings (berita acara pelaksanaan) as a paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from vcops.documents.framing import framed, signatory
from vcops.documents.layout import Column
from vcops.documents.paper import Block, Pairs, Paper, Paragraph, Section, Table
from vcops.documents.tally_text import saving_blocks
from vcops.domain.meetings import HeadCount, Incident, Meeting, MeetingState
from vcops.domain.reports import MeetingReport
from vcops.domain.runs import Decision, Run, Standing, progress
from vcops.formats import clock, clock_zone, long_day, number, short_day, span, written_day
from vcops.locale import _, language
from vcops.wording.terms import count_method_name, kind_name, mode_name, platform_name, service_name, state_name
from vcops.wording.verdicts import ready_word, standing_word

__all__ = ["BLANK", "day_sentence", "meeting_paper"]

BLANK = "." * 20
"""Inside a sentence: what nobody entered and is to be written in by hand."""
_UNTROUBLED = (Standing.PASS, Standing.PENDING)


def meeting_paper(report: MeetingReport) -> Paper:
    """Return the whole record. Of the facts in its tables, those that were never entered are left out."""
    return framed(
        report,
        title=_("RECORD OF A VIRTUAL MEETING"),
        subtitle=report.details.meeting.title,
        number=_("Number:"),
        draft=_("*** DRAFT: this meeting has not ended ***"),
        lead=(Paragraph(_opening(report)),),
        sections=tuple(_sections(report)),
        closing=_("This record is made truthfully, to be used as it should be."),
        signatories=(
            signatory(_("Acknowledged,"), report.chief),
            signatory(_("Made by,"), report.operator, _("Operator")),
        ),
    )


def day_sentence(meeting: Meeting) -> str:
    """Return `Pada hari ini Senin tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam (23/11/2026)`."""
    if meeting.start is None:
        words = dict.fromkeys(("weekday", "day", "month", "year", "figures"), BLANK)
    else:
        day = meeting.start.astimezone(ZoneInfo(meeting.zone)).date()
        words = written_day(day) | {"figures": short_day(day)}
    return _("On this day, {weekday}, the {day} of {month} in the year {year} ({figures})").format(**words)


def _opening(report: MeetingReport) -> str:
    details = report.details
    meeting = details.meeting
    times = _("{start} to {end}").format(
        start=clock(meeting.started_at, meeting.zone) if meeting.started_at else BLANK,
        end=clock_zone(meeting.ended_at, meeting.zone) if meeting.ended_at else BLANK,
    )
    said = _("{day}, at {times}, in {place}, a virtual meeting was held: {title}.")
    if meeting.state is MeetingState.CANCELLED:
        said = _("A virtual meeting was cancelled and not held: {title}.")
    return said.format(
        day=day_sentence(meeting), times=times, place=details.room.name if details.room else BLANK, title=meeting.title
    )


def _sections(report: MeetingReport) -> Iterator[Section]:
    details = report.details
    meeting = details.meeting
    yield Section(_("Meeting"), (Pairs(tuple(row for row in _facts(report) if row[1])),))
    yield Section(_("Technical team and kit"), (Pairs(_team(report)),))
    yield Section(_("Participants"), _counts(meeting, details.counts))
    yield Section(_("Incidents"), (_incidents(meeting, details.incidents),))
    yield Section(_("Readiness of the room"), tuple(_readiness(meeting, report.run)))
    if meeting.state is MeetingState.ENDED:
        totals = [report.total] if report.total else []
        yield Section(_("Avoided cost"), saving_blocks(totals, what_if=report.what_if))
    if meeting.notes:
        yield Section(_("Notes"), (Paragraph(meeting.notes),))


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
    yield _("Evidence"), meeting.evidence


def _team(report: MeetingReport) -> tuple[tuple[str, str], ...]:
    """Return who was in charge and of what; left blank where nobody entered it, because the paper needs it."""
    room = report.details.room
    return (
        (_("Team"), report.details.meeting.team),
        (_("Letter of assignment"), report.assignment),
        (_("Kit of the room"), room.kit if room else ""),
    )


def _hours(meeting: Meeting, start: datetime | None, end: datetime | None) -> str:
    if start is None:
        return ""
    if end is None:
        return clock_zone(start, meeting.zone)
    return f"{clock(start, meeting.zone)} - {clock_zone(end, meeting.zone)}"


def _counts(meeting: Meeting, counts: tuple[HeadCount, ...]) -> tuple[Block, ...]:
    people = meeting.participants
    if not counts:
        return (Paragraph(_("Nobody was counted.") if people is None else number(people)),)
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
    shown = Table.of(columns, rows)
    if people is None:
        return (shown,)
    return (shown, Paragraph(_("Participants of the meeting: {people}.").format(people=number(people)), strong=True))


def _incidents(meeting: Meeting, incidents: tuple[Incident, ...]) -> Block:
    if not incidents:
        return Paragraph(_("None was noted."))
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
    return Table.of(columns, rows)


def _readiness(meeting: Meeting, run: Run | None) -> Iterator[Block]:
    if run is None:
        yield Paragraph(_("No procedure was walked through for this meeting."))
        return
    done, steps = progress(run.steps(), run)
    rows = [
        (_("Procedure"), run.procedure.title.said(language())),
        (_("Steps answered"), _("{done} of {steps}").format(done=number(done), steps=number(steps))),
    ]
    rows += [_decided(meeting, decision) for _phase, gate in run.gates() if (decision := run.decision(gate.id))]
    yield Pairs(tuple(rows))
    if troubles := list(_troubles(run)):
        columns = [Column(_("Step"), flexible=True), Column(_("Result")), Column(_("Reason"), flexible=True)]
        yield Paragraph(_("Steps with a note:"), gap=True)
        yield Table.of(columns, troubles)


def _decided(meeting: Meeting, decision: Decision) -> tuple[str, str]:
    when = f"{clock_zone(decision.at, meeting.zone)}, {decision.by}"
    reason = f": {decision.reason}" if decision.reason else ""
    return _("Decision"), f"{ready_word(decision.ready)} ({when}){reason}"


def _troubles(run: Run) -> Iterator[list[str]]:
    for step in run.steps():
        standing = run.standing(step.id)
        if standing not in _UNTROUBLED:
            attempt = run.counting(step.id)
            yield [step.title.said(language()), standing_word(standing), attempt.reason if attempt else ""]
