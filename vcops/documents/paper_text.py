"""A paper as plain text, 80 columns wide."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from vcops.documents.layout import WIDTH, centred, pairs, table, wrapped
from vcops.documents.paper import Block, Pairs, Paper, Paragraph, Signatory
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
    title = [*centred(paper.title), *([f"{paper.number} {'.' * _DOTS}".center(WIDTH).rstrip()] if paper.number else [])]
    title += centred(paper.subtitle) if paper.subtitle else []
    sections = [[f"{place}. {one.title.upper()}", *lines_of(one.blocks)] for place, one in enumerate(paper.sections, 1)]
    closing = [line for text in (paper.closing, paper.code) if text for line in wrapped(text)]
    blocks = [[*marks, *_letterhead(paper)], title, lines_of(paper.lead), *sections, closing, _signatures(paper), marks]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def lines_of(blocks: Iterable[Block]) -> list[str]:
    """Return the lines of some blocks, one below the other."""
    return [line for block in blocks for line in _lines(block)]


def _lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [*([""] if block.gap else []), *wrapped(block.text)]
    if isinstance(block, Pairs):
        return pairs((label, value or "." * _DOTS) for label, value in block.rows)
    return table(block.columns, [row.cells for row in block.rows])


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
