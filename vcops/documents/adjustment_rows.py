"""Reversing and late entries on paper: the figures "setelah koreksi", and what was booked here for an earlier month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vcops.documents.layout import Column
from vcops.documents.paper import Block, Pairs, Paragraph, Section, Table
from vcops.domain.adjustments import Adjustment, Corrected, CorrectedTotal
from vcops.domain.periods import month_text
from vcops.domain.tally import Tally
from vcops.formats import month_name, number, rupiah, short_day
from vcops.locale import _
from vcops.wording.closing import adjustment_kind_name
from vcops.wording.savings import at_least

__all__ = ["adjustment_blocks", "adjustment_sections"]


def adjustment_sections(tally: Tally) -> Iterator[Section]:
    """Yield a section of the entries that belong to the period, and one of those booked in it for another."""
    if tally.after is not None:
        yield Section(_("After correction"), (*_table(tally.adjustments), *_after(tally.after)))
    if tally.booked_here:
        note = Paragraph(_("These entries belong to earlier months and are in no figure of this period."))
        yield Section(_("Entries for earlier months"), (note, *_table(tally.booked_here)))


def adjustment_blocks(tally: Tally) -> tuple[Block, ...]:
    """Return the same without sections, each with its heading as a paragraph."""
    return tuple(
        block
        for section in adjustment_sections(tally)
        for block in (Paragraph(section.title, strong=True), *section.blocks)
    )


def _table(entries: Sequence[Adjustment]) -> tuple[Block, ...]:
    columns = (
        Column(_("Entry"), flexible=True),
        Column(_("Belongs to"), flexible=True),
        Column(_("People"), right=True),
        Column(_("Avoided cost"), right=True),
    )
    rows: list[list[str]] = []
    for one in entries:
        saved = _("not counted") if one.gross is None else _signed(one.gross, rupiah(abs(one.gross)))
        kind = adjustment_kind_name(one.kind)
        month = month_name(month_text(one.belongs_to))
        rows.append(
            [f"{kind}: {one.meeting.title}", month, _signed(one.participants, number(abs(one.participants))), saved]
        )
    notes = [Paragraph(_note(one)) for one in entries if one.reason]
    return (Table.of(columns, rows), *notes)


def _note(one: Adjustment) -> str:
    from vcops.domain.periods import as_date

    return _("'{title}', booked on {day} by {who}: {reason}").format(
        title=one.meeting.title, day=short_day(as_date(one.booked_day)), who=one.by, reason=one.reason
    )


def _after(after: Corrected) -> tuple[Block, ...]:
    rows = [
        (_("Meetings, after correction"), at_least(number(after.meetings), after.lower_bound)),
        (_("Participants, after correction"), at_least(number(after.participants), after.lower_bound)),
    ]
    for one in after.totals:
        rows += [
            (
                _("Gross, after correction ({tariff}, {year})").format(tariff=one.tariff.id, year=one.year),
                _amount(one, one.gross, after.lower_bound),
            ),
            (
                _("Net, after correction ({tariff}, {year})").format(tariff=one.tariff.id, year=one.year),
                _amount(one, one.net, after.lower_bound),
            ),
        ]
    return (Pairs(tuple(rows)),)


def _amount(one: CorrectedTotal, amount: int, least: bool) -> str:
    return at_least(rupiah(amount), least) if one.valued else _("not counted")


def _signed(value: int, written: str) -> str:
    """Return an amount with its sign, a true minus."""
    return ("\N{MINUS SIGN}" if value < 0 else "+") + written
