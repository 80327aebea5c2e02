"""The record of handing over the room's kit for a meeting and taking it back (BAST) as a paper."""

from __future__ import annotations

import re

from vcops.documents.framing import framed, signatory
from vcops.documents.layout import Column
from vcops.documents.meeting_paper import BLANK, day_sentence
from vcops.documents.paper import Block, Pairs, Paper, Paragraph, Section, Table
from vcops.domain.reports import MeetingReport
from vcops.domain.signatories import Signatory
from vcops.locale import _

__all__ = ["handover_paper"]

_EMPTY_ROWS = 8
"""Where the room lists no kit: rows to write it in by hand."""
_PARTED = re.compile(r"[;\n]|,\s+")
_COUNTED = re.compile(r"(\d{1,4}) (?!inci|inch)(\D.*)")


def handover_paper(report: MeetingReport) -> Paper:
    """Return the record: the parties, the kit as the room lists it, its condition to be ticked by hand."""
    return framed(
        report,
        title=_("RECORD OF HANDING OVER KIT"),
        number=_("Number:"),
        draft="",
        lead=tuple(_lead(report)),
        sections=(Section(_("Kit"), (_kit(report),)), Section(_("Return"), tuple(_return()))),
        closing=_("This record is made truthfully in two copies, to be used as it should be."),
        signatories=(
            signatory(_("SECOND PARTY,"), None),
            signatory(_("FIRST PARTY,"), report.operator),
        ),
    )


def _lead(report: MeetingReport) -> list[Block]:
    details = report.details
    said = _("The FIRST PARTY hands over to the SECOND PARTY the kit below, for the meeting {title} in {place}.")
    place = details.room.name if details.room else BLANK
    return [
        Paragraph(_("{day}, the undersigned:").format(day=day_sentence(details.meeting))),
        _party(report.operator),
        Paragraph(_("who hands over, called the FIRST PARTY below; and")),
        _party(None),
        Paragraph(_("who receives, called the SECOND PARTY below.")),
        Paragraph(said.format(title=details.meeting.title, place=place), gap=True),
    ]


def _party(person: Signatory | None) -> Block:
    name, nip, position = (person.name, person.nip, person.position) if person else ("", "", "")
    return Pairs(((_("Name"), name), (_("NIP"), nip), (_("Position"), position)))


def _kit(report: MeetingReport) -> Block:
    room = report.details.room
    items = [item.strip() for item in _PARTED.split(room.kit if room else "") if item.strip()]
    columns = [
        Column(_("No."), right=True),
        Column(_("Item"), flexible=True),
        Column(_("Pieces"), right=True),
        Column(_("Handed over")),
        Column(_("Returned")),
        Column(_("Remarks"), flexible=True),
    ]
    boxes = _("☐ good  ☐ damaged")
    rows = []
    for place, item in enumerate(items or [""] * _EMPTY_ROWS, 1):
        counted = _COUNTED.fullmatch(item)
        quantity, name = counted.groups() if counted else ("", item)
        rows.append([str(place), name, quantity, boxes, boxes, ""])
    return Table.of(columns, rows)


def _return() -> list[Block]:
    rows = ((_("Returned on"), ""), (_("Received by"), ""), (_("What is missing or damaged"), ""))
    return [Pairs(rows)]
