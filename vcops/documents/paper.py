"""A printed paper as data: what stands on it, in order and in words. Its text and its PDF are made from this alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from vcops.documents.layout import Column

__all__ = ["Block", "Pairs", "Paper", "Paragraph", "Row", "Section", "Signatory", "Table"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `strong` for what nobody may overlook, `gap` to stand off from what comes before."""

    text: str
    strong: bool = False
    gap: bool = False
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels with their values. An empty value is a field to be filled in by hand."""

    rows: tuple[tuple[str, str], ...]
    kind: str = field(default="pairs", init=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row.

    `style`: empty; `sum`; `trouble`, not to be overlooked; `part` of the row above; `note`, the second cell alone.
    """

    cells: tuple[str, ...]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kind: str = field(default="table", init=False)

    @classmethod
    def of(cls, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Table:
        """Return a table of plain rows."""
        return cls(tuple(columns), tuple(Row(tuple(cells)) for cells in rows))


Block = Paragraph | Pairs | Table


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading, which is numbered where it stands on the paper."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who is to sign, below which words; what is not known is left blank."""

    caption: str
    position: str = ""
    name: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper. `dated` is its own date; `marks` say that it is a draft or an example, above and below all.

    `number` is a line to write its number in; `signed` is place and date above the last signatory; `code` tells which
    state of the data it was made from.
    """

    dated: date
    title: str
    office: str = ""
    address: str = ""
    marks: tuple[str, ...] = ()
    subtitle: str = ""
    number: str = ""
    lead: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: str = ""
    signed: str = ""
    signatories: tuple[Signatory, ...] = ()
    code: str = ""
