"""Today: what is on, what comes next, which rooms are ready, and where Enter leads."""

from __future__ import annotations

from textual.widgets import Input

from tests.tui.harness import opened, press, settled, text_on
from vcops.operations.workplace import Workplace
from vcops.tui.today.place import TodayPlace
from vcops.tui.widgets.table import Table


async def test_sections_and_countdown(example: Workplace) -> None:
    async with opened(example, language="id") as (app, _pilot):
        shown = text_on(app)
    for part in (
        "Sedang berlangsung",
        "Berikutnya hari ini",
        "42 menit lagi",
        "47 menit",
        "142 orang",
        "Selesai hari ini",
    ):
        assert part in shown
    assert shown.index("Sedang berlangsung") < shown.index("Berikutnya hari ini") < shown.index("Selesai hari ini")


async def test_time_counts_on_by_the_workplaces_clock(example: Workplace, clock: object) -> None:
    async with opened(example) as (app, pilot):
        clock.move(minutes=2)  # type: ignore[attr-defined]
        app.query_one(TodayPlace)._tick()
        await settled(pilot)
        assert "in 40 min" in text_on(app)
        assert "49 min" in text_on(app)


async def test_a_late_meeting_says_so(example: Workplace, clock: object) -> None:
    async with opened(example) as (app, pilot):
        clock.move(minutes=50)  # type: ignore[attr-defined]
        app.query_one(TodayPlace)._tick()
        await settled(pilot)
        assert "8 min late" in text_on(app)


async def test_enter_goes_where_the_line_is_worked_on(example: Workplace, monkeypatch: object) -> None:
    async with opened(example) as (app, pilot):
        went: list[tuple[str, str]] = []
        monkeypatch.setattr(app, "go", lambda place, subject="": went.append((place, subject)))  # type: ignore[attr-defined]
        table = app.query_one(TodayPlace).query_one(Table)
        await press(pilot, "enter", "j", "enter", "G", "enter")
        room = next(line.key for line in table.lines if line.key.startswith("room:"))
        table.turn_to(room)
        await press(pilot, "enter")
    assert [place for place, _subject in went] == ["live", "prepare", "meetings", "prepare"]
    assert went[-1][1] == room


async def test_an_empty_office_says_which_keys_fill_it(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24), "id") as (app, _pilot):
        shown = text_on(app)
    assert "Belum ada rapat" in shown
    assert "n  Rencanakan rapat" in shown


async def test_rows_written_by_others_appear_on_f5(example: Workplace) -> None:
    from vcops.operations import directory

    async with opened(example) as (app, pilot):
        await app.in_store(directory.add_room, {"name": "Ruang Baru"})
        assert "Ruang Baru" not in text_on(app)
        await press(pilot, "f5")
        assert "Ruang Baru" in text_on(app)


async def test_the_cursor_goes_to_what_was_planned(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        table = app.query_one(TodayPlace).query_one(Table)
        before = table.current
        await press(pilot, "n")
        for name, text in {"title": "Baru", "start": "23.00", "end": "23.30"}.items():
            app.screen.query_one(f"#field-{name}", Input).value = text
        await press(pilot, "ctrl+s")
        (line,) = [one for one in table.lines if "Baru" in one.cells]
        assert table.current == line.key != before
