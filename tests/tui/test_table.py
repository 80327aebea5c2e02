"""The table: widths, alignment, cursor, keys, text that is never markup."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from vcops.tui.plain import Cell, clean
from vcops.tui.widgets.table import Column, Line, Table, _shared, fit

COLUMNS = (Column("Name", share=2), Column("Seats", width=5, right=True), Column("Place", from_width=60))


class Bench(App[None]):
    def __init__(self, lines: Iterable[Line], columns: tuple[Column, ...] = COLUMNS) -> None:
        super().__init__()
        self.lines, self.columns = list(lines), columns
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield Table(self.columns)

    def on_mount(self) -> None:
        table = self.query_one(Table)
        table.show(self.lines)
        table.focus()

    def on_table_chosen(self, event: Table.Chosen) -> None:
        self.chosen.append(event.key)


def shown(app: App[None]) -> list[str]:
    return ["".join(one.text for one in strip) for strip in app.screen._compositor.render_strips()]


def rooms(count: int) -> list[Line]:
    return [Line(f"r{place}", (f"Room {place}", str(place), "somewhere")) for place in range(count)]


@given(st.text(max_size=40), st.integers(1, 30), st.booleans())
def test_a_fitted_text_is_exactly_as_wide_as_its_column(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(clean(text), width, right=right)) == width


@given(st.text(max_size=60))
def test_a_clean_text_has_no_control_character(text: str) -> None:
    assert not any(ord(one) < 32 or 127 <= ord(one) < 160 for one in clean(text))


async def test_numbers_are_right_aligned_and_columns_leave_when_narrow() -> None:
    app = Bench(rooms(3))
    async with app.run_test(size=(50, 10)) as pilot:
        await pilot.pause()
        lines = shown(app)
        assert "Place" not in lines[0]
        assert lines[1].endswith("    0")
        await pilot.resize_terminal(80, 10)
        await pilot.pause()
        assert "Place" in shown(app)[0]


async def test_keys_move_and_choose_and_skip_headings() -> None:
    app = Bench([Line("", (Cell("Heading", "strong"),)), *rooms(40)])
    async with app.run_test(size=(50, 12)) as pilot:
        table = app.query_one(Table)
        assert table.current == "r0"
        await pilot.press("k")
        assert table.current == "r0"
        await pilot.press("j", "j", "enter")
        assert app.chosen == ["r2"]
        await pilot.press("G")
        assert table.current == "r39"
        await pilot.pause()
        assert any("Room 39" in line for line in shown(app))
        await pilot.press("g")
        await pilot.pause()
        assert table.current == "r0"
        assert any("Heading" in line for line in shown(app))
        await pilot.press("pagedown")
        assert table.current == "r10"


async def test_the_cursor_stays_on_its_key_when_the_lines_change() -> None:
    app = Bench(rooms(5))
    async with app.run_test(size=(50, 12)) as pilot:
        table = app.query_one(Table)
        await pilot.press("j", "j")
        table.show(rooms(5)[1:])
        assert table.current == "r2"
        table.show(rooms(1))
        assert table.current == "r0"
        table.show([])
        assert table.current is None
        await pilot.press("j", "k", "G", "g", "enter")
        assert app.chosen == []


async def test_ten_thousand_lines_draw_only_those_in_sight() -> None:
    app = Bench(rooms(10_000))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("G")
        await pilot.pause()
        assert any("Room 9999" in line for line in shown(app))
        drawn = 0
        table = app.query_one(Table)
        original = table.render_line

        def counting(y: int) -> object:
            nonlocal drawn
            drawn += 1
            return original(y)

        table.render_line = counting  # type: ignore[method-assign,assignment]
        await pilot.press("k")
        await pilot.pause()
        assert 0 < drawn <= 100


async def test_hostile_titles_are_drawn_as_they_are() -> None:
    titles = ["[/", "a [/b] c", "[@click=app.quit]x[/]", "\x1b[2Jgone"]
    app = Bench(Line(str(at), (title, "", "")) for at, title in enumerate(titles))
    async with app.run_test(size=(50, 12)) as pilot:
        await pilot.pause()
        text = "\n".join(shown(app))
    assert "[@click=app.quit]x[/]" in text
    assert "a [/b] c" in text
    assert "\x1b" not in text


@given(st.lists(st.builds(Column, share=st.integers(1, 5), least=st.integers(1, 20)), max_size=6), st.integers(0, 200))
def test_sharing_columns_fill_what_is_left_and_get_what_they_need(columns: list[Column], spare: int) -> None:
    widths = list(_shared(columns, spare))
    assert all(width >= column.least for width, column in zip(widths, columns, strict=True))
    if columns and sum(column.least for column in columns) <= spare:
        assert sum(widths) == spare
