"""Tables and paragraphs that fit the paper."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vcops.documents.layout import WIDTH, Column, pairs, table, wrapped

words = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "Zs")), max_size=120)


@given(st.lists(st.tuples(words, words, st.integers(0, 10**12)), max_size=6))
def test_no_table_is_wider_than_the_paper(rows: list[tuple[str, str, int]]) -> None:
    columns = [Column("No.", right=True), Column("Judul rapat", flexible=True), Column("Unit", flexible=True),
               Column("Peserta", right=True)]  # fmt: skip
    cells = [[str(place), title, unit, str(number)] for place, (title, unit, number) in enumerate(rows)]
    lines = table(columns, cells)
    assert all(len(line) <= WIDTH for line in lines)
    letters = "".join(lines).replace(" ", "")
    for row in cells:
        for word in "".join(row).split():
            assert set(word) <= set(letters)


def test_numbers_stand_right_and_texts_wrap() -> None:
    assert table([Column("Unit", flexible=True), Column("Rapat", right=True)], [["Bappeda", "1.234"], ["X", "5"]]) == [
        "Unit     Rapat",
        "-------  -----",
        "Bappeda  1.234",
        "X            5",
    ]


def test_a_word_that_fits_is_not_broken_before_its_comma() -> None:
    columns = [Column("No.")] + [Column(name, flexible=True) for name in ("Rapat", "Unit", "Jenis")]
    lines = table(columns, [["1" * 36, "Rapat koordinasi " * 5, "Dinas " * 20, "diselenggarakan, hibrida"]])
    assert "diselenggarakan," in "\n".join(lines)
    assert not any("  , " in line for line in lines)
    assert all(len(line) <= WIDTH for line in lines)


@given(words, words)
def test_pairs_and_paragraphs_fit(label: str, value: str) -> None:
    assert all(len(line) <= WIDTH for line in [*pairs([(label[:30], value)]), *wrapped(value)])
