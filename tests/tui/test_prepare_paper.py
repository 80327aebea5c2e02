"""Hand-laid text keeps to its width, whatever people write, and loses none of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from vcops.tui.plain import Cell
from vcops.tui.prepare.paper import Paper

TEXTS = st.text(max_size=200)
WIDTHS = st.integers(min_value=12, max_value=120)


def drawn(paper: Paper) -> list[str]:
    return ["".join(piece.text for piece in line) for line in paper.lines]


@given(TEXTS, st.text(max_size=4), WIDTHS)
def test_no_line_is_wider_than_the_paper(text: str, lead: str, width: int) -> None:
    paper = Paper(width)
    paper.paragraph(text, lead=Cell(lead))
    paper.line(Cell(text), Cell(text, "dim"))
    paper.ends([Cell(text)], Cell("08.00"))
    assert all(cell_len(line) <= width for line in drawn(paper))
    assert paper.content().plain.count("\n") == len(paper.lines) - 1


@given(st.lists(st.from_regex(r"[a-z]{1,10}", fullmatch=True), min_size=1, max_size=40), WIDTHS)
def test_a_paragraph_keeps_every_word(words: list[str], width: int) -> None:
    paper = Paper(width)
    paper.paragraph(" ".join(words))
    assert " ".join(drawn(paper)).split() == words


@given(TEXTS, WIDTHS)
def test_what_stands_at_the_end_stands_at_the_end(text: str, width: int) -> None:
    paper = Paper(width)
    paper.ends([Cell(text)], Cell("08.00"))
    (line,) = drawn(paper)
    assert line.endswith("08.00")
    assert cell_len(line) == width


def test_wide_characters_are_wrapped_and_not_cut() -> None:
    paper = Paper(12)
    paper.paragraph("会議" * 30)
    assert "".join(drawn(paper)) == "会議" * 30


def test_blank_lines_never_pile_up() -> None:
    paper = Paper(20)
    for _time in range(3):
        paper.blank()
    paper.line(Cell("a"))
    for _time in range(3):
        paper.blank()
    assert drawn(paper) == ["a", ""]


def test_brackets_are_brackets() -> None:
    paper = Paper(40)
    paper.paragraph("[@click=app.quit]x[/] [/b]")
    assert paper.content().plain == "[@click=app.quit]x[/] [/b]"
    assert paper.content().spans == []
