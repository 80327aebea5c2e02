"""Setting in type: what people typed is text, the same bytes each time, and an office's own parts with their faults."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from pypdf import PdfReader

from tests.documents.reading import assert_archival, pages_of, said_by
from vcops.documents.layout import Column
from vcops.documents.letter import paper_pdf
from vcops.documents.paper import (
    Pairs,
    Paper,
    Paragraph,
    Picture,
    Pictures,
    Row,
    Section,
    Signatory,
    Table,
)
from vcops.documents.press import MOST_BYTES, TEMPLATES, Press
from vcops.errors import InvalidInput

DAY = date(2026, 11, 23)
HOSTILE = (
    "#panic()", "#let x = 1", "[/b] rapat", "*tebal*", "_miring_", "$ x^2 $", "@kutip", "<label>", "// hilang",
    "/* hilang */", "\\ #text", "`kode`", "= judul", "- butir", "~", "'\"", "{title}", "%(x)s", "a\tb",
)  # fmt: skip
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></svg>'


def paper(title: str = "Rapat", **parts: object) -> Paper:
    return Paper(dated=DAY, **{"title": title, "office": "Dinas", "signed": "Kota, 23 November 2026"} | parts)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_printed_as_it_stands(text: str) -> None:
    columns = (Column("No.", right=True), Column(text, flexible=True))
    made = paper(
        text,
        address=text,
        subtitle=text,
        marks=(text,),
        lead=(Paragraph(text), Pairs(((text, text),))),
        sections=(
            Section(text, (Table(columns, tuple(Row(("1", text), style) for style in ("", "part", "note", "sum"))),)),
        ),
        closing=text,
        signatories=(Signatory(text, text, text, text),),
    )
    shown = said_by(paper_pdf(Press(), made)).replace(" ", "")
    wanted = re.sub(r"\s", "", text)
    assert shown.lower().count(wanted.lower()) >= 14


def test_it_is_an_archival_file_and_the_same_twice() -> None:
    first, second = (paper_pdf(Press(), paper(number="Nomor:")) for _time in range(2))
    assert first == second
    assert_archival(first, "en", "20261123")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Rapat \N{PARTY POPPER}\N{PARTY POPPER} koordinasi", "RAPAT • KOORDINASI"),
        ("hakim \N{WOMAN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}\u200d\N{SCALES}\ufe0f agung", "HAKIM • AGUNG"),
        ("\N{WHITE HEAVY CHECK MARK} hadir \N{CROSS MARK} absen", "✓ HADIR ✗ ABSEN"),
        ("\N{REGIONAL INDICATOR SYMBOL LETTER I}\N{REGIONAL INDICATOR SYMBOL LETTER D} raya", "ID RAYA"),
    ],
)
def test_an_emoji_becomes_a_plain_sign(typed: str, printed: str) -> None:
    assert printed in said_by(paper_pdf(Press(), paper(typed)))


@pytest.mark.parametrize("letter", ["中", "\u202e", "\ue000", "\x00", "\x1b", "\ud800", "\u0378"])
def test_a_letter_that_no_font_has_is_marked_and_the_rest_is_printed(letter: str) -> None:
    shown = said_by(paper_pdf(Press(), paper(f"Rapat {letter} koordinasi — 3 × ½ ≥ é")))
    assert "RAPAT \N{REPLACEMENT CHARACTER} KOORDINASI — 3 × ½ ≥ É" in shown


def test_many_strange_letters_are_found_at_once() -> None:
    strange = "".join(chr(code) for code in range(0x4E00, 0x4E40))
    assert said_by(paper_pdf(Press(), paper(strange + "x"))).count("\N{REPLACEMENT CHARACTER}") >= len(strange)


def test_a_long_paper_numbers_its_pages_and_repeats_the_heads_of_its_tables() -> None:
    rows = tuple(Row((str(place), "Rapat koordinasi " * 6)) for place in range(1, 121))
    table = Table((Column("No.", right=True), Column("Kegiatan", flexible=True)), rows)
    pages = pages_of(paper_pdf(Press(), paper(sections=(Section("Rincian", (table,)),), code="12-abc")))
    assert len(pages) > 2
    for place, page in enumerate(pages, 1):
        assert f"Page {place} of {len(pages)}" in page
        assert "12-abc" in page
    assert all("Kegiatan" in page for page in pages[:-1])


def test_what_is_not_known_is_left_blank() -> None:
    shown = said_by(paper_pdf(Press(), Paper(dated=DAY, title="Kosong", signatories=(Signatory("Mengetahui,"),))))
    assert "Mengetahui," in shown
    assert "None" not in shown


# -- the office's own parts ------------------------------------------------------------------------------------------


def own(tmp_path: Path, **files: str) -> Press:
    (tmp_path / "templates").mkdir()
    for name, text in files.items():
        (tmp_path / "templates" / f"{name}.typ").write_text(text, encoding="utf-8")
    return Press(tmp_path)


def test_an_own_template_takes_the_place_of_the_one_that_ships(tmp_path: Path) -> None:
    press = own(tmp_path, paper='#import "base.typ": *\n#show: sheet.with(data.title)\nKantor kami: #data.title')
    assert said_by(paper_pdf(press, paper("Rapat #1"))) == "Kantor kami: Rapat #1"


@pytest.mark.parametrize(
    ("text", "line"),
    [("\n#tidak-ada", 2), ('#import "base.typ": *\n\n#let x = (', 3), ('#image("tidak-ada.png")', 1)],
)
def test_a_faulty_template_is_named_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        paper_pdf(own(tmp_path, paper=text), paper())
    assert caught.value.code == "paper.template"
    assert caught.value.params["file"] == str(tmp_path / "templates" / "paper.typ")
    assert caught.value.params["line"] == line
    assert caught.value.params["said"]


def test_a_template_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "paper.typ").write_bytes(b"Kantor \xe9")
    with pytest.raises(InvalidInput) as caught:
        paper_pdf(Press(tmp_path), paper())
    assert caught.value.code == "paper.unreadable"
    assert caught.value.params["file"] == str(tmp_path / "templates" / "paper.typ")


def test_a_fault_in_an_own_part_of_the_base_names_that_file(tmp_path: Path) -> None:
    base = (TEMPLATES / "base.typ").read_text(encoding="utf-8") + "\n#tidak-ada\n"
    with pytest.raises(InvalidInput) as caught:
        paper_pdf(own(tmp_path, base=base), paper())
    assert caught.value.params["file"] == str(tmp_path / "templates" / "base.typ")
    assert caught.value.params["line"] == len(base.splitlines())


def test_a_logo_stands_in_the_letterhead(tmp_path: Path) -> None:
    plain = paper_pdf(Press(tmp_path), paper())
    (tmp_path / "logo.svg").write_text(SVG, encoding="utf-8")
    assert len(paper_pdf(Press(tmp_path), paper())) != len(plain)
    assert_archival(paper_pdf(Press(tmp_path), paper()), "en", "20261123")


def test_a_logo_of_dots_stands_there_too(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "logo.png"), np.full((20, 20, 3), (200, 90, 30), np.uint8))
    made = paper_pdf(Press(tmp_path), paper())
    assert len(list(PdfReader(io.BytesIO(made)).pages[0].images)) == 1
    assert_archival(made, "en", "20261123")


@pytest.mark.parametrize("name", ["logo.png", "logo.svg"])
@pytest.mark.parametrize("content", [b"bukan gambar", b"\x89PNG\r\n\x1a\n\xff\xfe broken"])
def test_a_logo_that_is_no_picture_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InvalidInput) as caught:
        paper_pdf(Press(tmp_path), paper())
    assert caught.value.code == "paper.not_a_picture"
    assert caught.value.params["file"] == str(tmp_path / name)


def test_a_logo_that_is_too_large_is_named(tmp_path: Path) -> None:
    with (tmp_path / "logo.png").open("wb") as large:
        large.truncate(MOST_BYTES + 1)
    with pytest.raises(InvalidInput) as caught:
        paper_pdf(Press(tmp_path), paper())
    assert caught.value.code == "paper.logo_too_large"
    assert caught.value.params["file"] == str(tmp_path / "logo.png")


def test_a_photograph_that_is_not_printed_says_why(tmp_path: Path) -> None:
    large, broken, gone = (tmp_path / name for name in ("besar.jpg", "rusak.jpg", "hilang.jpg"))
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    broken.write_bytes(b"bukan gambar")
    annex = Section("Foto", (Pictures(tuple(Picture(str(one), one.stem) for one in (large, broken, gone))),))
    shown = said_by(paper_pdf(Press(), paper(annex=(annex,)), template="report"))
    assert "besar; not printed: the file is larger than 8 MB" in shown
    assert "rusak; not printed: the file is broken, or no picture" in shown
    assert "hilang; not printed: No such file" in shown


def test_signatures_alone_on_a_page_name_what_is_signed() -> None:
    table = Table((Column("A", flexible=True),), tuple(Row((f"baris {place}",)) for place in range(38)))
    made = paper(sections=(Section("Rincian", (table,)),), subtitle="Senin, 5 Oktober", numbered="12/A")
    last = pages_of(paper_pdf(Press(), made))[-1]
    assert "baris" not in last
    assert "Continued: Rapat; Senin, 5 Oktober; 12/A" in last


def test_a_section_that_is_surely_low_is_set_as_one_that_was_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    sections = tuple(
        Section(f"Bagian {rows}", (Table((Column("A", flexible=True), Column("B")), rows * (Row(("W" * 30, "x")),)),))
        for rows in (1, 3, 6, 9, 12, 15, 18, 21, 24)
    )
    reckoned = paper_pdf(Press(), paper(sections=sections))
    monkeypatch.setattr("vcops.documents.letter.surely_below", lambda *_given: False)
    assert paper_pdf(Press(), paper(sections=sections)) == reckoned


def test_a_template_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "rahasia.txt").write_text("rahasia", encoding="utf-8")
    with pytest.raises(InvalidInput):
        paper_pdf(own(tmp_path, paper='#read("../rahasia.txt")'), paper())


@pytest.mark.parametrize("template", ["report", "paper"])
def test_a_cell_longer_than_a_page_is_printed_whole(template: str) -> None:
    columns = (Column("No.", right=True), Column("Gangguan", flexible=True), Column("Tindakan", flexible=True))
    long = " ".join(f"kata{place}" for place in range(1500))
    table = Table.of(columns, [["1", "singkat", long]])
    said = said_by(paper_pdf(Press(), paper(sections=(Section("Rincian", (table,)),)), template=template))
    assert {f"kata{place}" for place in range(1500)} <= set(said.split())


@pytest.mark.parametrize("word", ["W" * 300, "https://zoom.us/j/" + "8" * 180])
def test_a_word_longer_than_its_column_covers_nothing_beside_it(word: str) -> None:
    columns = (Column("Rapat", flexible=True), Column("Unit", flexible=True))
    made = paper_pdf(Press(), paper(sections=(Section("Rincian", (Table.of(columns, [[word, "$$$"]]),)),)))
    page = pypdfium2.PdfDocument(made)[0].get_textpage()
    placed = [(page.get_text_range(at, 1), page.get_charbox(at)) for at in range(page.count_chars())]
    beside = min(box[0] for letter, box in placed if letter == "$")
    assert max(box[2] for letter, box in placed if letter == word[-1]) < beside
    assert word in said_by(made).replace(" ", "")
