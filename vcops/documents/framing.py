"""What stands around every paper made of the office's data: letterhead, marks, place and date, verification code."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from vcops.documents.paper import Paper, Signatory
from vcops.domain.people import Person
from vcops.domain.reports import Printed
from vcops.formats import paper_day
from vcops.locale import _
from vcops.wording.closing import CODE_IS

__all__ = ["framed", "signatory"]


def framed(printed: Printed, *, draft: str, closing: str, **parts: Any) -> Paper:
    """Return a paper between letterhead and signatures. `draft` marks one that may change; `parts` are a Paper's."""
    office = printed.office
    marks = (
        _("*** EXAMPLE: not the data of any office ***") if printed.demo else "",
        draft if printed.draft else "",
    )
    code = _("Data verification code: {code} (the journal's newest entry)").format(code=printed.code)
    if printed.sealed:
        code = f"{_(CODE_IS)}: {printed.code}"
    return Paper(
        dated=printed.made_at.astimezone(ZoneInfo(office.zone)).date(),
        office=office.name,
        address=office.address,
        marks=tuple(one for one in marks if one),
        closing=closing,
        code=code,
        signed=f"{office.place or '.' * 16}, {paper_day(printed.made_at, office.zone)}",
        **parts,
    )


def signatory(caption: str, person: Person | None, position: str = "") -> Signatory:
    """Return who is to sign; `position` where nobody is known to hold it."""
    if person is None:
        return Signatory(caption, position)
    return Signatory(caption, person.position or position, person.name, person.nip)
