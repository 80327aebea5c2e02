"""A paper as PDF: its data for the template, with the words that stand around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from vcops.documents.heights import surely_below
from vcops.documents.paper import Paper, Picture, Pictures, Section
from vcops.documents.press import MOST_BYTES, Press
from vcops.domain.people import PAPERS, PaperSize
from vcops.locale import _, language

__all__ = ["around", "paper_pdf"]

_LONG = 700
"""Letters in a cell that may need more than a page, the narrowest column being a few words wide."""
_LONG_WORD = re.compile(r"(?<![^\s-])(?![0-9a-f]{64}\b)[^\s-]{23,}")
"""A line may break at a hyphen as it is, so a code stays one to copy; and so does a SHA-256."""
_SOME = re.compile(".{8}")


def paper_pdf(press: Press, paper: Paper, *, template: str = "paper", size: PaperSize = "a4") -> bytes:
    """Return a paper as PDF on A4 or F4. A photograph that cannot be printed leaves its frame empty, and says why.

    Raises InvalidInput for a template of the office's that does not compile.
    """
    pictures = dict(_pictures(press, paper.annex))
    annex = tuple(_renamed(section, pictures) for section in paper.annex)
    data = asdict(replace(paper, annex=annex))
    dated = data.pop("dated")
    _share(data)
    _let_break(data)
    width, height = PAPERS[size]
    for section in (*data["sections"], *data["annex"]):
        section["low"] = surely_below(section, height / 2, width)
    around_it = {"width": width, "height": height, "qr_picture": _qr(paper.qr), "words": around()}
    files = {one.name: one.content for one in pictures.values() if one.name}
    return press.pdf(template, {**data, **around_it}, dated=dated, pictures=files)


def _share(data: dict[str, Any]) -> None:
    """Say of each table what its flexible columns get of the width that the others leave; 0 for those.

    By the longest text in a column, and by its longest word, which must fit. Reckoned here: the typesetter would take
    longer for it than for all the rest.
    """
    for block in _blocks(data):
        if block["kind"] != "table":
            continue
        shown = [row["cells"] for row in block["rows"] if row["style"] != "note"]
        block["shares"] = [
            _wish([column["title"], *(cells[at] for cells in shown)]) if column["flexible"] else 0
            for at, column in enumerate(block["columns"])
        ]


def _let_break(data: dict[str, Any]) -> None:
    """Let a word break that is longer than a line may be: else it would cover what stands beside it, or leave the page.

    What is to be compared letter by letter, a digest or a code, stays as it is. A row stays whole, but for
    one that a page might not hold.
    """
    for name in ("office", "address", "subtitle"):
        data[name] = _breaking(data[name])
    for one in data["signatories"]:
        one.update({name: _breaking(one[name]) for name in ("position", "name")})
    for block in _blocks(data):
        if block["kind"] == "table":
            for row in block["rows"]:
                _let_row_break(row)
        elif block["kind"] == "pairs":
            block["rows"] = [(label, _breaking(value)) for label, value in block["rows"]]
        elif block["kind"] == "pictures":
            for one in block["pictures"]:
                one["caption"] = _breaking(one["caption"])
        elif block["kind"] == "paragraph":
            block["text"] = _breaking(block["text"])


def _let_row_break(row: dict[str, Any]) -> None:
    if row["style"] != "note":
        row["cells"] = [_breaking(cell) for cell in row["cells"]]
    if not row["style"] and any(len(cell) > _LONG for cell in row["cells"]):
        row["style"] = "long"


def _breaking(text: str) -> str:
    return _LONG_WORD.sub(lambda found: _SOME.sub("\\g<0>\N{ZERO WIDTH SPACE}", found[0]), text)


def _blocks(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [*data["lead"], *(one for part in ("sections", "annex") for each in data[part] for one in each["blocks"])]


def _wish(texts: list[str]) -> int:
    words = (len(word) for text in texts for word in text.split())
    return min(max(10, *map(len, texts), 2 * max(words, default=0)), 44)


def around() -> dict[str, Any]:
    """Return the words that every document carries, and its language."""
    return {
        "language": language(),
        "page": _("Page"),
        "of": _("of"),
        "nip": _("NIP"),
        "continued": _("Continued"),
        "qr": _("Data verification code, not an electronic signature"),
    }


def _qr(text: str) -> str:
    """Return the QR code (ISO/IEC 18004) of a text as a drawing, SVG; nothing for no text.

    Level M: a seventh of it may be stained, and a telephone still reads it.
    """
    if not text:
        return ""
    import segno

    return segno.make_qr(text, error="m").svg_inline(border=0, omitsize=True)


@dataclass(frozen=True, slots=True)
class _Photograph:
    """A file's content and the name a template calls it by; where it cannot be printed there is no name, but a why."""

    name: str = ""
    content: bytes = b""
    why: str = ""


def _pictures(press: Press, sections: Iterable[Section]) -> Iterator[tuple[str, _Photograph]]:
    """Yield what each photograph's file comes to."""
    files = [one.file for section in sections for one in _shown(section) if one.file]
    for place, file in enumerate(dict.fromkeys(files), 1):
        yield file, _photograph(press, file, place)


def _photograph(press: Press, file: str, place: int) -> _Photograph:
    try:
        content = Path(file).read_bytes()
    except OSError as error:
        return _Photograph(why=_("not printed: {said}").format(said=error.strerror or str(error)))
    if len(content) > MOST_BYTES:
        return _Photograph(why=_("not printed: the file is larger than {size} MB").format(size=MOST_BYTES // 10**6))
    name = f"photo-{place}{_suffix(content)}"
    if not press.draws(name, content):
        return _Photograph(why=_("not printed: the file is broken, or no picture"))
    return _Photograph(name, content)


def _suffix(content: bytes) -> str:
    """Return the ending of what a picture is, whatever its file is called."""
    return ".png" if content.startswith(b"\x89PNG") else ".jpg"


def _shown(section: Section) -> Iterator[Any]:
    for block in section.blocks:
        if isinstance(block, Pictures):
            yield from block.pictures


def _renamed(section: Section, pictures: dict[str, _Photograph]) -> Section:
    blocks = tuple(
        Pictures(tuple(_named(one, pictures.get(one.file, _Photograph())) for one in block.pictures))
        if isinstance(block, Pictures)
        else block
        for block in section.blocks
    )
    return replace(section, blocks=blocks)


def _named(picture: Picture, found: _Photograph) -> Picture:
    return Picture(found.name, f"{picture.caption}; {found.why}" if found.why else picture.caption)
