"""A period's report as a workbook: the recap as it is printed, every figure a formula over the rows behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import IO, TYPE_CHECKING

from vcops.documents.book import EXACT, Styles, high_enough, open_book, paper, put_amount
from vcops.documents.paper_sheet import put_sections
from vcops.documents.report_book_rows import FIRST, Rows, detail_sheet, every_page, lines_sheet, rows_of
from vcops.documents.report_paper import closing_sections, corrected_words, report_paper
from vcops.documents.tally_text import amount_words
from vcops.domain.reports import Report
from vcops.domain.savings import Total
from vcops.domain.tally import Tally, TallyRow
from vcops.formats import rupiah_in_words
from vcops.locale import _, language
from vcops.wording.savings import ESTIMATE, component_titles, open_words, own_title
from vcops.wording.terms import grouping_name, key_name, kind_name, tariff_method_name

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from vcops.documents.paper import Paper

__all__ = ["write_book"]

_WIDTHS = (44, 12, 14, 20, 20)
_SPECIAL = frozenset("*?~<>=0123456789")
_TRUTHS = {"TRUE", "FALSE", "BENAR", "SALAH"}
_CRITERION = 250
"""Letters that a spreadsheet's criterion takes, with some room."""


def write_book(report: Report, stream: IO[bytes]) -> None:
    """Write recap, detail and, under a tariff, the savings line by line. Raises OSError."""
    told = report_paper(report)
    with open_book(stream, title=told.title, author=told.office, made=report.made_at) as book:
        styles, rows = Styles(book), rows_of(report)
        recap = book.add_worksheet(_("Recap"))
        detail = book.add_worksheet(_("Detail"))
        lines = book.add_worksheet(_("Savings")) if report.tally.totals else None
        _Recap(recap, styles, report, rows).write(told)
        detail_sheet(detail, styles, report, rows)
        if lines is not None:
            lines_sheet(lines, styles, report, rows)


class _Recap:
    """The first sheet, written from the top down."""

    def __init__(self, sheet: Worksheet, styles: Styles, report: Report, rows: Rows) -> None:
        self.sheet, self.styles, self.report, self.rows = sheet, styles, report, rows
        self.row = 0
        self.wide = max(len(_WIDTHS), 3 + len(report.tally.totals)) - 1

    def write(self, told: Paper) -> None:
        """Write all of it; `told` is the paper, whose words are said here too."""
        for column in range(self.wide + 1):
            self.sheet.set_column(column, column, _WIDTHS[min(column, len(_WIDTHS) - 1)])
        self._letterhead(told)
        says = every_page(self.report, told.marks)
        paper(self.sheet, self.report.office.paper, on_its_side=False, repeat=self.row, says=says)
        self.sheet.freeze_panes(self.row, 0)
        self._summary()
        for recap in self.report.recaps:
            self._recap(recap)
        for place, total in enumerate(self.report.tally.totals, 1):
            self._total(place, total)
        if not self.report.tally.totals:
            self._next(_("Avoided cost"))
            self._text(0, _("no tariff yet"))
            self.row += 1
        self.row = put_sections(self.sheet, self.styles, self.row, closing_sections(self.report))
        self._ending(told)

    # -- the head and the end ---------------------------------------------------------------------------------

    def _letterhead(self, told: Paper) -> None:
        styles = self.styles
        lines: list[tuple[str, Format]] = [(one, styles.mark) for one in told.marks]
        lines += [(told.office.upper(), styles.office)]
        lines += [(one, styles.address) for one in told.address.splitlines()]
        lines += [("", styles.rule), (told.title, styles.title)]
        lines += [(f"{told.number} {told.numbered or '.' * 30}", styles.subtitle), (told.subtitle, styles.subtitle)]
        if self.report.corrected:
            lines += [(corrected_words(), styles.mark)]
        for text, style in lines:
            self._across(text, style)
        self.row += 1

    def _across(self, text: str, style: Format) -> None:
        self.sheet.merge_range(self.row, 0, self.row, self.wide, "", style)
        self.sheet.write_string(self.row, 0, text, style)
        self.row += 1

    def _ending(self, told: Paper) -> None:
        self.row += 1
        self._across(told.closing, self.styles.wrapped)
        self.row += 1
        right = max(2, self.wide - 1)
        self._text(right, told.signed)
        sides = told.signatories[-2:]
        columns = (0, right) if len(sides) == 2 else (right,)
        positions = [one.position.splitlines() for one in sides]
        high = max(map(len, positions), default=0)
        blocks = [
            [one.caption, *place, *[""] * (high - len(place)), "", "", "", one.name or "." * 30, f"NIP {one.nip}"]
            for one, place in zip(sides, positions, strict=True)
        ]
        for texts in zip(*blocks, strict=True):
            self.row += 1
            for column, text in zip(columns, texts, strict=True):
                if text:
                    self._text(column, text)
        self.row += 2
        self._text(0, told.code, self.styles.small)

    # -- figures ----------------------------------------------------------------------------------------------

    def _summary(self) -> None:
        tally = self.report.tally
        self._next(_("Summary"))
        counts, kind = self._column("M"), self._column("H")
        self._figure(_("Meetings held"), tally.meetings, f"=SUM({counts})")
        for code, value in (("hosted", tally.hosted), ("attended", tally.attended), ("", tally.unstated)):
            name = kind_name(code)
            self._figure(f"   {name}", value, f'=COUNTIFS({kind},"{name}",{counts},1)')
        self._figure(_("Participants"), tally.participants, f"=SUMIFS({self._column('J')},{counts},1)")
        for name, value in (
            (_("Not ended"), tally.overdue),
            (_("Planned and still to come"), tally.to_come),
            (_("Without a head count"), tally.without_count),
            (_("Of 0 minutes"), tally.no_length),
            (_("Entries that count with another of the same meeting"), tally.joined),
            (_("Held on days without a tariff"), tally.without_tariff if tally.totals else 0),
            (_("Incidents noted"), len(self.report.incidents)),
        ):
            self._figure(name, value, "")
        if tally.lower_bound:
            self._text(0, _("Lower bounds: something is missing, so that every figure can only grow."))
            self.row += 1

    def _figure(self, name: str, value: int, formula: str) -> None:
        self.sheet.write_string(self.row, 0, name, self.styles.text)
        if formula and self.rows.meetings:
            self.sheet.write_formula(self.row, 1, formula, self.styles.count, value)
        else:
            self.sheet.write_number(self.row, 1, value, self.styles.count)
        self.row += 1

    def _recap(self, recap: Tally) -> None:
        by = recap.by or "unit"
        styles, totals = self.styles, self.report.tally.totals
        self._next(_("Recap by {grouping}").format(grouping=grouping_name(by)))
        if totals:
            self._text(0, _(ESTIMATE), styles.note)
            self.row += 1
        heads = [grouping_name(by), _("Meetings"), _("Participants")]
        heads += [_("Avoided cost: {tariff}, {year}").format(tariff=one.tariff.id, year=one.year) for one in totals]
        self.sheet.set_row(self.row, 28 if totals else 15)
        for column, head in enumerate(heads):
            self.sheet.write_string(self.row, column, head, styles.head if column == 0 else styles.head_right)
        self.row += 1
        first = self.row
        alike = Counter(key_name(by, one.key).upper() for one in recap.rows)
        for one in recap.rows:
            self._recap_row(by, one, totals, alone=alike[key_name(by, one.key).upper()] == 1)
        self._recap_sum(recap, totals, first)

    def _recap_row(self, by: str, row: TallyRow, totals: Sequence[Total], *, alone: bool) -> None:
        styles, name = self.styles, key_name(by, row.key)
        high_enough(self.sheet, self.row, (name, _WIDTHS[0]))
        if by == "month":
            self.sheet.write_datetime(self.row, 0, date(int(row.key[:4]), int(row.key[5:]), 1), styles.month)
        else:
            self.sheet.write_string(self.row, 0, name, styles.wide)
        among = _among(by, name, f"$A{self.row + 1}", self._column, alone=alone)
        counts = self._column("M")
        self.sheet.write_formula(self.row, 1, among("", ((counts, "1"),)), styles.count, row.meetings)
        self.sheet.write_formula(
            self.row, 2, among(self._column("J"), ((counts, "1"),)), styles.count, row.participants
        )
        for place, total in enumerate(totals, 1):
            mine = next((one for one in row.totals if total.covers(one.tariff, one.year)), None)
            formula = among(self._column("O"), ((self._column("N"), str(place)),))
            self._sum(2 + place, mine, formula, styles.money, styles.unknown)
        self.row += 1

    def _recap_sum(self, recap: Tally, totals: Sequence[Total], first: int) -> None:
        styles, row = self.styles, self.row
        self.sheet.write_string(row, 0, _("Total"), styles.total)
        for column, value in ((1, recap.meetings), (2, recap.participants)):
            self._number(column, value, self._above(column, first), styles.total_count)
        for place, total in enumerate(totals, 1):
            self._sum(2 + place, total, self._above(2 + place, first), styles.total_money, styles.total_unknown)
        self.row += 1

    def _above(self, column: int, first: int) -> str:
        from xlsxwriter.utility import xl_col_to_name

        letter = xl_col_to_name(column)
        return f"=SUM({letter}{first + 1}:{letter}{self.row})" if self.row > first else ""

    def _total(self, place: int, one: Total) -> None:
        """Write one total with all it rests on; never added to another."""
        styles, tariff, tongue = self.styles, one.tariff, language()
        self._next(_("Avoided cost"))
        self._text(0, _(ESTIMATE), styles.note)
        self.row += 1
        basis = _("a regulation") if tariff.regulation else _("an assumption, not a regulation")
        for name, value in (
            (_("Total no."), str(place)),
            (_("Tariff"), f"{tariff.title.said(tongue)} ({tariff.id})"),
            (_("Method"), tariff_method_name(tariff.method)),
            (_("Basis"), tariff.basis.said(tongue)),
            (_("Kind of basis"), basis),
            (_("Fiscal year"), str(one.year)),
        ):
            self._text(0, name)
            self._text(1, value)
            self.row += 1
        for column, head in enumerate((_("Component"), _("Quantity"), _("Rate"), _("Amount"))):
            self.sheet.write_string(self.row, column, head, styles.head if column == 0 else styles.head_right)
        self.row += 1
        first = self.row
        self._components(place, one)
        for words in open_words(one):
            self._text(0, words)
            self.row += 1
        self._bottom(one, first)

    def _components(self, place: int, one: Total) -> None:
        styles, titles = self.styles, component_titles(one.tariff)
        component, number = self._line_column("E"), self._line_column("K")
        for line in one.lines:
            row, title = self.row, titles[line.component]
            self.sheet.write_string(row, 0, title, styles.wide)
            if line.amount is None:
                for column in (1, 2):
                    self.sheet.write_blank(row, column, None, styles.text)
                self.sheet.write_string(row, 3, _("not counted"), styles.unknown)
            else:
                among = _matching(component, title, f"$A{row + 1}", number, str(place))
                self._number(1, line.quantity, among(self._line_column("F")), styles.count)
                put_amount(self.sheet, (row, 2), line.rate or 0, styles.money, styles.unknown)
                formula = among(self._line_column("I")) if self.rows.lines else ""
                put_amount(self.sheet, (row, 3), line.amount, styles.money, styles.unknown, formula)
            self.row += 1

    def _bottom(self, one: Total, first: int) -> None:
        styles, lines = self.styles, len(one.lines)
        gross_row = self.row + 1
        self._sum_line(_("Gross"), one, one.gross, f"=SUM(D{first + 1}:D{first + lines})")
        start = self.row
        for own in one.own:
            self.sheet.write_string(self.row, 0, own_title(one.tariff, own), styles.wide)
            self.sheet.write_number(self.row, 1, own.quantity, styles.count)
            put_amount(self.sheet, (self.row, 2), own.rate, styles.money, styles.unknown)
            formula = f"=B{self.row + 1}*C{self.row + 1}" if own.rate < EXACT else ""
            put_amount(self.sheet, (self.row, 3), own.amount, styles.money, styles.unknown, formula)
            self.row += 1
        own_row = self.row + 1
        if one.own:
            self._sum_line(_("Own cost"), None, one.own_cost, f"=SUM(D{start + 1}:D{self.row})")
        else:
            self._label(_("Own cost"))
            self.sheet.write_string(self.row, 3, _("not recorded"), styles.total_unknown)
            self.row += 1
        net = f"=D{gross_row}-D{own_row}" if one.own else f"=D{gross_row}"
        if one.gross >= EXACT or one.own_cost >= EXACT:  # written as text, with which nothing can be reckoned
            net = ""
        self._sum_line(_("Net"), one, one.net, net)
        if one.valued:
            self._text(0, _("In words"))
            self._text(1, rupiah_in_words(one.net, language()))
            self.row += 1

    def _sum_line(self, name: str, one: Total | None, amount: int, formula: str) -> None:
        self._label(name)
        if one is not None and not one.valued:
            self.sheet.write_string(self.row, 3, amount_words(one), self.styles.total_unknown)
        else:
            put_amount(self.sheet, (self.row, 3), amount, self.styles.total_money, self.styles.total_unknown, formula)
        self.row += 1

    def _label(self, name: str) -> None:
        self.sheet.write_string(self.row, 0, name, self.styles.total)
        for column in (1, 2):
            self.sheet.write_blank(self.row, column, None, self.styles.total)

    # -- cells ------------------------------------------------------------------------------------------------

    def _sum(self, column: int, one: Total | None, formula: str, style: Format, unknown: Format) -> None:
        if one is None:
            self.sheet.write_string(self.row, column, "-", unknown)
        elif not one.valued:
            self.sheet.write_string(self.row, column, amount_words(one), unknown)
        else:
            put_amount(self.sheet, (self.row, column), one.gross, style, unknown, formula)

    def _number(self, column: int, value: int, formula: str, style: Format) -> None:
        if formula and self.rows.meetings:
            self.sheet.write_formula(self.row, column, formula, style, value)
        else:
            self.sheet.write_number(self.row, column, value, style)

    def _text(self, column: int, text: str, style: Format | None = None) -> None:
        self.sheet.write_string(self.row, column, text, style or self.styles.plain)

    def _next(self, title: str) -> None:
        self.row += 1
        self.sheet.write_string(self.row, 0, title, self.styles.heading)
        self.row += 1

    def _column(self, letter: str) -> str:
        """Return the meetings' rows of a column of the detail."""
        name = _("Detail")
        return f"'{name}'!${letter}${FIRST + 1}:${letter}${FIRST + max(1, self.rows.meetings)}"

    def _line_column(self, letter: str) -> str:
        name = _("Savings")
        return f"'{name}'!${letter}${FIRST + 1}:${letter}${FIRST + max(1, self.rows.lines)}"


Conditions = Iterable[tuple[str, str]]


def _among(
    by: str, name: str, cell: str, column: Callable[[str], str], *, alone: bool
) -> Callable[[str, Conditions], str]:
    """Return what makes the formula of a recap's row: how many meetings, or the sum of a column, under conditions.

    `alone`: no other row differs in capitals only, which a criterion does not tell apart.
    """
    held = {"unit": "F", "kind": "H", "mode": "I", "month": "B"}[by]
    rows = column(held)

    def formula(summed: str, conditions: Conditions) -> str:
        more = "".join(f",{where},{what}" for where, what in conditions)
        if by == "month":
            tests = f'{rows},">="&{cell},{rows},"<"&EDATE({cell},1){more}'
            return f"=SUMIFS({summed},{tests})" if summed else f"=COUNTIFS({tests})"
        if alone and _plain_criterion(name):
            tests = f"{rows},{cell}{more}"
            return f"=SUMIFS({summed},{tests})" if summed else f"=COUNTIFS({tests})"
        tests = f"EXACT({rows},{cell})" + "".join(f"*({where}={what})" for where, what in conditions)
        return f"=SUMPRODUCT({tests},{summed})" if summed else f"=SUMPRODUCT({tests})"

    return formula


def _matching(rows: str, name: str, cell: str, other: str, value: str) -> Callable[[str], str]:
    def formula(summed: str) -> str:
        if _plain_criterion(name):
            return f"=SUMIFS({summed},{rows},{cell},{other},{value})"
        return f"=SUMPRODUCT(EXACT({rows},{cell})*({other}={value}),{summed})"

    return formula


def _plain_criterion(name: str) -> bool:
    """Whether a spreadsheet takes a name as it stands, and for no pattern, comparison or number."""
    return len(name) < _CRITERION and name.isprintable() and not set(name) & _SPECIAL and name.upper() not in _TRUTHS
