"""What stands around every print: the marks, the letterhead, the closing sentence, the signature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vcops.documents.layout import WIDTH, centred, wrapped
from vcops.domain.reports import Printed
from vcops.formats import long_day
from vcops.locale import _

__all__ = ["framed", "numbered"]

_SIGNATURE = 40
"""The column at which place, date and signature stand."""


def framed(printed: Printed, title: list[str], sections: Iterable[list[str]], *, draft: str) -> str:
    """Return a whole print: sections between letterhead and signature. `draft` is what marks one that may change."""
    marks = _marks(printed, draft)
    blocks = [[*marks, *_letterhead(printed)], title, *sections, _closing(printed), [*_signature(printed), *marks]]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def numbered(sections: Iterable[tuple[str, list[str]]]) -> Iterator[list[str]]:
    """Yield each section under its numbered heading."""
    for place, (title, body) in enumerate(sections, 1):
        yield [f"{place}. {title.upper()}", *body]


def _marks(printed: Printed, draft: str) -> list[str]:
    found = []
    if printed.demo:
        found += centred(_("*** EXAMPLE: not the data of any office ***"))
    if printed.draft:
        found += centred(draft)
    return found


def _letterhead(printed: Printed) -> list[str]:
    office = printed.office
    name = centred(office.name.upper()) if office.name else []
    address = [line for part in office.address.splitlines() for line in centred(part)]
    return [*name, *address, "=" * WIDTH]


def _closing(printed: Printed) -> list[str]:
    return [
        *wrapped(_("This report is made to be used as it should be.")),
        *wrapped(_("Data verification code: {code} (the journal's newest entry)").format(code=printed.code)),
    ]


def _signature(printed: Printed) -> list[str]:
    place = printed.office.place or "." * 16
    made = long_day(printed.made_at, printed.office.zone).partition(", ")[2]
    dots = "." * 30
    lines = [f"{place}, {made}", _("Acknowledged,"), dots, "", "", "", dots, _("NIP {dots}").format(dots="." * 26)]
    return [(" " * _SIGNATURE + line).rstrip() for line in lines]
