"""A paper as plain text, 80 columns wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from vcops.documents.layout import WIDTH, centred, pairs, table, wrapped
from vcops.documents.paper import (
    Block,
    Chart,
    Figures,
    Pairs,
    Paper,
    Paragraph,
    Pictures,
    Section,
    Signatory,
)
from vcops.locale import _

__all__ = ["lines_of", "paper_text"]

_HALF = WIDTH // 2
_DOTS = 30
"""How long a line to write on is."""
_GAP = ["", "", ""]
"""Where a signature goes."""


def paper_text(paper: Paper) -> str:
    """Return the whole paper."""
    marks = [line for mark in paper.marks for line in centred(mark)]
    title = centred(paper.title)
    title += centred(f"{paper.number} {paper.numbered or '.' * _DOTS}") if paper.number else []
    title += centred(paper.subtitle) if paper.subtitle else []
    sections = _numbered(paper.sections, 1)
    annex = _numbered(paper.annex, 1 + len(paper.sections))
    closing = [line for text in (paper.closing, paper.code) if text for line in wrapped(text)]
    head = [[*marks, *_letterhead(paper)], title, lines_of(paper.lead)]
    blocks = [*head, *sections, closing, _signatures(paper), *annex, marks]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _numbered(sections: Iterable[Section], first: int) -> list[list[str]]:
    return [[f"{place}. {one.title.upper()}", *lines_of(one.blocks)] for place, one in enumerate(sections, first)]


def lines_of(blocks: Iterable[Block]) -> list[str]:
    """Return the lines of some blocks, one below the other."""
    return [line for block in blocks for line in _lines(block)]


def _lines(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return [*([""] if block.gap else []), *wrapped(block.text)]
        case Pairs():
            return pairs((label, value or "." * _DOTS) for label, value in block.rows)
        case Figures():
            return pairs(_figure_rows(block))
        case Chart():
            return ["", *_bars(block)]
        case Pictures():
            return [line for one in block.pictures for line in wrapped(f"- {one.caption}", indent="  ")]
        case _:
            return table(block.columns, [row.cells for row in block.rows])


def _figure_rows(block: Figures) -> Iterator[tuple[str, str]]:
    for one in block.figures:
        yield one.label, f"{one.before} {one.value}".strip() + (f" ({one.note})" if one.note else "")
        yield from ((f"  {label}", value) for label, value in one.parts)


def _bars(block: Chart) -> list[str]:
    """Return the bars lying, one below the other, of letters that every printer has."""
    names = [f"{one.label} {one.year}".strip() for one in block.bars]
    wide = [max(map(len, texts), default=0) for texts in (names, [one.shown for one in block.bars])]
    most = max((one.value for one in block.bars), default=0) or 1
    room = WIDTH - sum(wide) - 4
    rows = (
        f"{name:<{wide[0]}}  {one.shown:>{wide[1]}}  {'=' * (one.value * room // most)}".rstrip()
        for name, one in zip(names, block.bars, strict=True)
    )
    return [*wrapped(block.title), *rows]


def _letterhead(paper: Paper) -> list[str]:
    name = centred(paper.office.upper()) if paper.office else []
    address = [line for part in paper.address.splitlines() for line in centred(part)]
    return [*name, *address, "=" * WIDTH]


def _signatures(paper: Paper) -> list[str]:
    """Return who signs, side by side: one alone stands on the right, where place and date are."""
    sides = [_signature(one) for one in paper.signatories]
    sides = [[]] * (2 - len(sides)) + sides
    lines = [f"{left:<{_HALF}}{right}".rstrip() for left, right in zip_longest(*sides, fillvalue="")]
    return [f"{'':{_HALF}}{paper.signed}", *lines] if paper.signed else lines


def _signature(one: Signatory) -> list[str]:
    dots = "." * _DOTS
    nip = _("NIP {nip}").format(nip=one.nip or "." * (_DOTS - 4))
    texts = (one.caption, one.position or dots, *_GAP, one.name or dots, nip)
    return [line for text in texts for line in wrapped(text, width=_HALF - 2)]
