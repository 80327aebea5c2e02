"""The long sheets of a report's workbook: a row a meeting, and a row a saving line, each amount a live formula.

They are written in one pass, row after row: a year of a province takes no more memory than a month of an office.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from vcops.documents.book import EXACT, Styles, high_enough, paper, put_amount, put_text
from vcops.documents.report_paper import draft_word
from vcops.domain.eligibility import Reason
from vcops.domain.periods import as_date
from vcops.domain.reports import Report
from vcops.domain.savings import SavingLine
from vcops.locale import _, language
from vcops.wording.savings import ESTIMATE, component_titles, reason_words
from vcops.wording.terms import (
    count_method_name,
    key_name,
    kind_name,
    mode_name,
    per_name,
    period_name,
    platform_name,
    tariff_method_name,
)

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from vcops.domain.meeting_savings import MeetingSaving
    from vcops.domain.meetings import Meeting
    from vcops.domain.tariffs import Tariff

__all__ = ["FIRST", "Rows", "detail_sheet", "every_page", "lines_sheet", "rows_of", "total_places"]

_NOT_VALUED = Reason.NOT_VALUED
"""Bound once: a hundred thousand rows ask for it, and an enumeration looks its members up by name."""
FIRST = 4
"""Row, from 0, of the first meeting and of the first saving line; above it stand title, period, a gap, the head."""


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows the two sheets have, and, by meeting, the first and the last of its saving lines (from 0)."""

    meetings: int
    lines: int
    of_meeting: tuple[tuple[int, int], ...]


def rows_of(report: Report) -> Rows:
    """Return where everything will stand, before anything is written: formulas of the first sheet point to the last."""
    found, at = [], FIRST
    for line in report.lines:
        last = at + max(1, len(_told(line.saving))) - 1
        found.append((at, last))
        at = last + 1
    return Rows(len(report.lines), at - FIRST, tuple(found))


def total_places(report: Report) -> Mapping[tuple[int, int], int]:
    """Return the number, from 1, of the total that a tariff and year belong to, by the tariff object's identity.

    Two adoptions of one id with other figures are two totals, so an id would not tell them apart.
    """
    found: dict[tuple[int, int], int] = {}
    for line in report.lines:
        saving = line.saving
        if saving.tariff is None or (id(saving.tariff), saving.year) in found:
            continue
        for place, total in enumerate(report.tally.totals, 1):
            if total.covers(saving.tariff, saving.year):
                found[id(saving.tariff), saving.year] = place
    return found


def every_page(report: Report, marks: Sequence[str] = ()) -> list[str]:
    """Return what no printed page of the workbook may leave out: what it is a draft of, and that it estimates."""
    found = [*marks] or [draft_word(report)]
    return [one for one in (*found, _(ESTIMATE) if report.tally.totals else "") if one]


def _told(saving: MeetingSaving) -> list[SavingLine]:
    """Return the lines that stand in the sheet: what the basis names without a value is said once, in the recap."""
    return [one for one in saving.lines if one.reason is not _NOT_VALUED]


class _LongSheet:
    """A sheet of many rows below a frozen head that can be filtered by."""

    title = ""
    heads: Sequence[str] = ()
    widths: Sequence[int] = ()

    def __init__(self, sheet: Worksheet, styles: Styles, report: Report) -> None:
        self.sheet, self.styles, self.report = sheet, styles, report
        self.text, self.number = sheet.write_string, sheet.write_number
        self.places = total_places(report)

    def begin(self, count: int) -> None:
        """Write title, period and head; `count` rows follow."""
        sheet, styles, report = self.sheet, self.styles, self.report
        for column, width in enumerate(self.widths):
            sheet.set_column(column, column, width)
        paper(sheet, report.office.paper, on_its_side=True, repeat=FIRST - 1, says=every_page(report))
        word = draft_word(report)
        mark = f" ({word})" if word else ""
        sheet.write_string(0, 0, self.title + mark, styles.heading)
        sheet.write_string(1, 0, _("Period: {period}").format(period=period_name(report.period)), styles.plain)
        sheet.write_string(2, 0, _(ESTIMATE) if report.tally.totals else "", styles.note)
        sheet.set_row(FIRST - 1, 30)
        for column, head in enumerate(self.heads):
            sheet.write_string(FIRST - 1, column, head, styles.head)
        sheet.freeze_panes(FIRST, 0)
        sheet.autofilter(FIRST - 1, 0, FIRST - 1 + max(1, count), len(self.heads) - 1)

    def number_of(self, saving: MeetingSaving) -> int | None:
        """Return the number of the total that a meeting's amount belongs to."""
        return self.places.get((id(saving.tariff), saving.year)) if saving.lines else None

    def count(self, row: int, column: int, value: int | None) -> None:
        """Write a number, or an empty cell where there is none."""
        if value is None:
            self.sheet.write_blank(row, column, None, self.styles.count)
        else:
            self.number(row, column, value, self.styles.count)


class _Detail(_LongSheet):
    def __init__(self, sheet: Worksheet, styles: Styles, report: Report, rows: Rows) -> None:
        super().__init__(sheet, styles, report)
        self.rows = rows
        self.lines = _("Savings")
        self.title = _("Meetings in detail")
        self.widths = (5, 11, 8, 8, 46, 34, 22, 16, 10, 9, 16, 14, 9, 7, 18)
        self.heads = (
            _("No."), _("Date"), _("Start time"), _("End time"), _("Meeting"), _("Unit"), _("Room"), _("Kind"),
            _("Mode"), _("Participants"), _("How counted"), _("Platform"), _("Counts"), _("Total no."),
            _("Avoided cost"),
        )  # fmt: skip

    def write(self) -> None:
        """Write a row a meeting, and one that adds them up."""
        self.begin(self.rows.meetings)
        kinds, modes, methods = cache(kind_name), cache(mode_name), cache(count_method_name)
        days, units, platforms = cache(as_date), cache(_unit_words), cache(_platform_words)
        write, number, write_day = self.text, self.number, self.sheet.write_datetime
        text, wide, day, count = self.styles.text, self.styles.wide, self.styles.day, self.styles.count
        for at, line in enumerate(self.report.lines):
            meeting, row = line.meeting, FIRST + at
            high_enough(self.sheet, row, (meeting.title, self.widths[4]), (line.unit, self.widths[5]))
            number(row, 0, at + 1, count)
            write_day(row, 1, days(meeting.local_day), day)
            self._clock(row, 2, meeting.started_at, meeting.zone)
            self._clock(row, 3, meeting.ended_at, meeting.zone)
            put_text(self.sheet, row, 4, meeting.title, wide)
            write(row, 5, units(line.unit), wide)
            write(row, 6, line.room, text)
            write(row, 7, kinds(meeting.kind), text)
            write(row, 8, modes(meeting.mode), text)
            self.count(row, 9, meeting.participants)
            write(row, 10, methods(meeting.count_method or ""), text)
            write(row, 11, platforms(meeting.platform), text)
            number(row, 12, 0 if meeting.same_as else 1, count)
            self._amount(row, line.saving, self.rows.of_meeting[at])
        self._sums()

    def _amount(self, row: int, saving: MeetingSaving, own: tuple[int, int]) -> None:
        self.count(row, 13, self.number_of(saving))
        if saving.valued:
            formula = f"=SUM('{self.lines}'!I{own[0] + 1}:I{own[1] + 1})"
            put_amount(self.sheet, (row, 14), saving.gross, self.styles.money, self.styles.unknown, formula)
        else:
            said = _("not counted") if saving.tariff else _("no tariff yet")
            self.sheet.write_string(row, 14, said, self.styles.unknown)

    def _clock(self, row: int, column: int, moment: datetime | None, zone: str) -> None:
        if moment is None:
            self.sheet.write_blank(row, column, None, self.styles.clock)
            return
        here = moment.astimezone(ZoneInfo(zone))
        self.sheet.write_number(row, column, (here.hour * 60 + here.minute) / 1440, self.styles.clock)

    def _sums(self) -> None:
        """Write how many meetings count, and their people; amounts of different totals are never added up."""
        if not self.rows.meetings:
            return
        styles, tally = self.styles, self.report.tally
        first, last = FIRST + 1, FIRST + self.rows.meetings
        self.sheet.write_string(last, 0, "", styles.total)
        self.sheet.write_string(last, 1, _("Total"), styles.total)
        for column in range(2, len(self.heads)):
            self.sheet.write_blank(last, column, None, styles.total)
        people = f"=SUMIFS(J{first}:J{last},M{first}:M{last},1)"
        self.sheet.write_formula(last, 9, people, styles.total_count, tally.participants)
        self.sheet.write_formula(last, 12, f"=SUM(M{first}:M{last})", styles.total_count, tally.meetings)


class _Lines(_LongSheet):
    def __init__(self, sheet: Worksheet, styles: Styles, report: Report) -> None:
        super().__init__(sheet, styles, report)
        self.title = _("Avoided cost, line by line")
        self.widths = (5, 11, 40, 32, 26, 10, 13, 15, 18, 36, 7, 16, 22, 8, 40, 40, 20, 30, 38)
        self.heads = (
            _("No."), _("Date"), _("Meeting"), _("Unit"), _("Component"), _("Quantity"), _("Counted by"), _("Rate"),
            _("Amount"), _("Why"), _("Total no."), _("Tariff"), _("Method"), _("Fiscal year"), _("Basis"), _("Source"),
            _("Letter"), _("Evidence"), _("ID"),
        )  # fmt: skip
        self._tariffs: dict[int, _AboutTariff] = {}
        self._per, self._why = cache(per_name), cache(reason_words)
        self._days, self._units = cache(as_date), cache(_unit_words)

    def write(self, rows: Rows) -> None:
        """Write a row a line; a meeting without one says why in a row of its own."""
        self.begin(rows.lines)
        row = FIRST
        for at, line in enumerate(self.report.lines, 1):
            told: list[SavingLine | None] = [*_told(line.saving)]
            meeting = _OfMeeting(
                at, line.meeting, self._days(line.meeting.local_day), self._units(line.unit),
                self.number_of(line.saving), self._about(line.saving),
            )  # fmt: skip
            for one in told or [None]:
                self._meeting(row, meeting)
                self._figures(row, one, line.saving, meeting.about)
                self._basis(row, one, line.saving, meeting)
                row += 1

    def _meeting(self, row: int, of: _OfMeeting) -> None:
        sheet, write, text, meeting = self.sheet, self.text, self.styles.text, of.meeting
        self.number(row, 0, of.at, self.styles.count)
        sheet.write_datetime(row, 1, of.day, self.styles.day)
        put_text(sheet, row, 2, meeting.title, text)
        write(row, 3, of.unit, text)
        put_text(sheet, row, 16, meeting.letter, text)
        put_text(sheet, row, 17, meeting.evidence, text)
        write(row, 18, meeting.id, text)

    def _figures(self, row: int, one: SavingLine | None, saving: MeetingSaving, about: _AboutTariff) -> None:
        sheet, styles, write, text = self.sheet, self.styles, self.text, self.styles.text
        write(row, 4, about.titles[one.component] if one else "", text)
        write(row, 9, self._why(one.reason if one else saving.reason), text)
        if one is None or one.amount is None or one.rate is None:
            for column in (5, 6, 7):
                sheet.write_blank(row, column, None, text)
            write(row, 8, _("not counted"), styles.unknown)
            return
        self.number(row, 5, one.quantity, styles.count)
        write(row, 6, self._per(one.per or ""), text)
        put_amount(sheet, (row, 7), one.rate, styles.money, styles.unknown)
        formula = f"=F{row + 1}*H{row + 1}" if one.rate < EXACT else ""
        put_amount(sheet, (row, 8), one.amount, styles.money, styles.unknown, formula)

    def _basis(self, row: int, one: SavingLine | None, saving: MeetingSaving, of: _OfMeeting) -> None:
        write, text, about = self.text, self.styles.text, of.about
        self.count(row, 10, of.place)
        write(row, 11, about.id, text)
        write(row, 12, about.method if one and saving.method != "none" else about.none, text)
        self.number(row, 13, saving.year, text)
        write(row, 14, about.basis, text)
        put_text(self.sheet, row, 15, about.sources.get(one.component, "") if one else "", text)

    def _about(self, saving: MeetingSaving) -> _AboutTariff:
        """Return a tariff's words, put together once for all its meetings; its total's words where it has newer ones.

        The first sheet adds up the lines that name a component as the total does.
        """
        tariff, place = saving.tariff, self.number_of(saving)
        if place is not None:
            tariff = self.report.tally.totals[place - 1].tariff
        if id(tariff) not in self._tariffs:
            self._tariffs[id(tariff)] = _AboutTariff.of(tariff)
        return self._tariffs[id(tariff)]


@dataclass(slots=True)
class _OfMeeting:
    """What all the lines of one meeting have in common."""

    at: int
    meeting: Meeting
    day: date
    unit: str
    place: int | None
    about: _AboutTariff


@dataclass(frozen=True, slots=True)
class _AboutTariff:
    id: str
    method: str
    none: str
    basis: str
    titles: Mapping[str, str]
    sources: Mapping[str, str]

    @classmethod
    def of(cls, tariff: Tariff | None) -> _AboutTariff:
        none = tariff_method_name("none")
        if tariff is None:
            return cls("", none, none, "", {}, {})
        sources = {one.id: one.source for one in tariff.components}
        basis = tariff.basis.said(language())
        return cls(tariff.id, tariff_method_name(tariff.method), none, basis, component_titles(tariff), sources)


def _unit_words(name: str) -> str:
    return key_name("unit", name)


def _platform_words(code: str) -> str:
    return platform_name(code) if code else ""


def detail_sheet(sheet: Worksheet, styles: Styles, report: Report, rows: Rows) -> None:
    """Write a row a meeting; the amount adds up the meeting's own lines."""
    _Detail(sheet, styles, report, rows).write()


def lines_sheet(sheet: Worksheet, styles: Styles, report: Report, rows: Rows) -> None:
    """Write a row a meeting and component: quantity times rate, with tariff, basis, letter and evidence."""
    _Lines(sheet, styles, report).write(rows)
