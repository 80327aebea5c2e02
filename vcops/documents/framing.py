"""What stands around every paper made of the office's data: letterhead, marks, place and date, verification code."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from vcops.documents.paper import Paper, Signatory
from vcops.domain.reports import Printed
from vcops.domain.signatories import Signatory as Signing
from vcops.formats import paper_day
from vcops.locale import N_, _
from vcops.wording.closing import CODE_IS

__all__ = ["WHAT_IF", "framed", "signatory"]

WHAT_IF = N_("*** WHAT IF: reckoned with a tariff that is not in force; no report of the office ***")
"""Stands above a paper that answers a question, and instead of DRAFT: its month may well be closed."""


def framed(printed: Printed, *, draft: str, closing: str, signing_date: date | None = None, **parts: Any) -> Paper:
    """Return a paper between letterhead and signatures. `draft` marks one that may change; `parts` are a Paper's.

    `signing_date` stands above the signatures; the day of printing where there is none.
    """
    office = printed.office
    marks = (
        _("*** EXAMPLE: not the data of any office ***") if printed.demo else "",
        _(WHAT_IF) if printed.what_if else "",
        draft if printed.draft else "",
    )
    code = _("Data verification code: {code} (the journal's newest entry)").format(code=printed.code)
    if printed.sealed:
        code = f"{_(CODE_IS)}: {printed.code}"
    dated = printed.made_at.astimezone(ZoneInfo(office.zone)).date()
    framing: dict[str, Any] = {
        "dated": dated,
        "office": office.name,
        "address": office.address,
        "marks": tuple(one for one in marks if one),
        "closing": closing,
        "code": code,
        "signed": f"{office.place or '.' * 16}, {paper_day(signing_date or dated)}",
    }
    return Paper(**(framing | parts))


def signatory(caption: str, one: Signing | None, position: str = "") -> Signatory:
    """Return who is to sign, acting or for another as the case may be; `position` where nobody is known to hold it."""
    if one is None:
        return Signatory(caption, position)
    return Signatory(caption, "\n".join(one.titles) or position, one.name, one.nip)
