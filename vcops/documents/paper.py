"""A printed paper as data: what stands on it, in order and in words. Its text and its PDF are made from this alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from vcops.documents.layout import Column

__all__ = [
    "Bar", "Block", "Chart", "Figure", "Figures", "Pairs", "Paper", "Paragraph", "Picture", "Pictures", "Row",
    "Section", "Signatory", "Table",
]  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Figure:
    """What a reader looks for first: a number with what it is made of, and a note of what it is compared with.

    `before` stands before the number: `at least`.
    """

    label: str
    value: str
    before: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """The few numbers of a summary, side by side where the paper has room."""

    figures: tuple[Figure, ...]
    kind: str = field(default="figures", init=False)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: below it `label` and, where it begins a year, `year`; above it what it stands for, `shown`.

    `strong` marks those the paper is about.
    """

    label: str
    value: int
    shown: str
    year: str = ""
    strong: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in a row, and `alt`, the same in a sentence for who cannot see them."""

    title: str
    alt: str
    bars: tuple[Bar, ...]
    kind: str = field(default="chart", init=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph: the file it lies in, empty where it cannot be shown, and what is said below it."""

    file: str
    caption: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Photographs with their captions."""

    pictures: tuple[Picture, ...]
    kind: str = field(default="pictures", init=False)


Block = Paragraph | Pairs | Table | Figures | Chart | Pictures


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading, which is numbered where it stands on the paper. `page`: begins on a page of its own."""

    title: str
    blocks: tuple[Block, ...]
    page: bool = False


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who is to sign, below which words; what is not known is left blank. `position` may have several lines."""

    caption: str
    position: str = ""
    name: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper. `dated` is its own date; `marks` say that it is a draft or an example, above and below all.

    `number` is a line to write its number in, `numbered` the number where it has one; `signed` is place and date above
    the last signatory; `annex` follows the signatures. `code` tells which state of the data it was made from, `codes`
    are those of all the closed months in it, `qr` the same for a telephone. `watermark` lies across every page,
    `notice` stands on every page.
    """

    dated: date
    title: str
    office: str = ""
    address: str = ""
    marks: tuple[str, ...] = ()
    subtitle: str = ""
    number: str = ""
    numbered: str = ""
    lead: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: str = ""
    signed: str = ""
    signatories: tuple[Signatory, ...] = ()
    annex: tuple[Section, ...] = ()
    code: str = ""
    codes: tuple[str, ...] = ()
    qr: str = ""
    watermark: str = ""
    notice: str = ""
