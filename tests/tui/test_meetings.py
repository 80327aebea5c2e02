"""Meetings: a month at a time, search, details, the form, cancelling, files out and in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.lab.clocks import SetClock
from tests.tui.harness import opened, press, settled, text_on
from vcops.domain.meetings import MeetingState
from vcops.operations import directory, meetings
from vcops.operations.workplace import Workplace
from vcops.tui.app import VcopsApp
from vcops.tui.meetings.form import MeetingForm
from vcops.tui.meetings.place import PAGE, MeetingsPlace
from vcops.tui.meetings.preview import PreviewDialog

HOSTILE = ("[/b] rapat", "[@click=app.quit]x[/]", "a [/b] c", "\x1b[31mmerah", "{title}")
HELD = {"date": "5/11/2026", "start": "09.00", "end": "11.00", "mode": "online", "participants": "1240"}


def place_of(app: VcopsApp) -> MeetingsPlace:
    return app.query_one(MeetingsPlace)


async def type_text(pilot: Pilot[object], text: str) -> None:
    await press(pilot, *("space" if one == " " else one for one in text))


def fill_in(app: VcopsApp, **texts: str) -> None:
    """Put texts into the fields of the form that is open."""
    for name, text in texts.items():
        app.screen.query_one(f"#field-{name}").value = text  # type: ignore[attr-defined]


async def searched(pilot: Pilot[object], text: str) -> None:
    """Type a search and let it be made at once instead of after its pause."""
    await press(pilot, "slash")
    await type_text(pilot, text)
    place_of(pilot.app)._search()  # type: ignore[arg-type]
    await settled(pilot)


async def test_an_empty_month_names_the_keys(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24), "id") as (app, pilot):
        await press(pilot, "4")
        shown = text_on(app)
    assert "Belum ada rapat di sini." in shown
    assert "n  Rencanakan rapat" in shown


async def test_a_month_shows_its_meetings_with_their_sums(example: Workplace) -> None:
    async with opened(example, (160, 40), "id") as (app, pilot):
        await press(pilot, "4")
        shown = text_on(app)
        place = place_of(app)
        assert place.current is not None
        assert place.current.state is MeetingState.RUNNING  # the cursor begins where work is
        people = sum(one.participants or 0 for one in place._lines if one.state is MeetingState.ENDED)
    assert "November 2026" in shown
    assert f"{people:,}".replace(",", ".") + " orang" in shown
    assert "Rapat pengendalian inflasi daerah" in shown
    assert "Sen 23" in shown


async def test_months_are_turned(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        await press(pilot, "4", "left_square_bracket")
        assert "October 2026" in text_on(app)
        assert {one.start.month for one in place_of(app)._lines if one.start} == {10}
        await press(pilot, "right_square_bracket", "right_square_bracket", "right_square_bracket")
        assert "January 2027" in text_on(app)
        await press(pilot, "t")
        assert "November 2026" in text_on(app)


async def test_search_looks_into_all_months_and_escape_leaves_it(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        await press(pilot, "4")
        await searched(pilot, "stunting")
        found = place_of(app)._lines
        assert len({one.start.month for one in found if one.start}) > 1
        assert all("stunting" in one.title for one in found)
        await press(pilot, "escape")
        assert "November 2026" in text_on(app)
        assert not place_of(app).filter.has_class("-open")


async def test_a_search_that_finds_nothing_is_no_empty_office(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        await press(pilot, "4")
        await searched(pilot, "[/]%_")
        assert place_of(app)._lines == []
        assert "0 meetings" in text_on(app)
        await press(pilot, "escape")
        assert len(place_of(app)._lines) > 5


async def test_long_months_are_read_page_by_page(workplace: Workplace) -> None:
    _store_many(workplace, 3 * PAGE)
    workplace.memory.keep(first_run="skipped")
    async with opened(workplace) as (app, pilot):
        await press(pilot, "4")
        place = place_of(app)
        assert len(place._lines) == PAGE
        assert f"{PAGE}+ meetings" in text_on(app)
        await press(pilot, "end")
        assert len(place._lines) == 2 * PAGE
        await press(pilot, "end", "end")
        assert len(place._lines) == 3 * PAGE
        assert len({one.id for one in place._lines}) == 3 * PAGE
        assert f"{3 * PAGE} meetings" in text_on(app)


def _store_many(workplace: Workplace, count: int) -> None:
    from vcops.operations.meeting_changes import context_of, store_drafts
    from vcops.operations.meeting_forms import read_meeting

    with workplace.store.writing("Sari") as change:
        context = context_of(change.connection, workplace.clock())
        drafts = [
            read_meeting(HELD | {"title": f"Rapat {number}", "start": f"{6 + number % 3:02}.00"}, context)
            for number in range(count)
        ]
        store_drafts(change, drafts)


async def test_details_mask_the_passcode_until_it_is_asked_for(empty_office: Workplace) -> None:
    texts = {
        "title": "Rapat rahasia", "date": "24/11/2026", "start": "09.00", "passcode": "k0de-777",
        "link": "https://x/" + "y" * 90, "contact_name": "Ibu Rina",
    }  # fmt: skip
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await app.in_store(meetings.plan, texts)
        await press(pilot, "4", "enter", "pagedown")
        assert "••••••" in text_on(app)
        assert "k0de-777" not in text_on(app)
        await press(pilot, "p")
        assert "k0de-777" in text_on(app)
        await press(pilot, "p")
        assert "k0de-777" not in text_on(app)


async def test_counts_are_shown_with_their_method(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office) as (app, pilot):
        await app.in_store(meetings.add, HELD | {"title": "Rapat", "count_method": "peak"})
        await press(pilot, "4", "enter")
        assert "1,240 people; at the peak" in text_on(app)


async def test_planning_stores_every_field(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await app.in_store(directory.add_unit, {"name": "Dinas Sosial"})
        await app.in_store(directory.add_room, {"name": "Aula"})
        await press(pilot, "4", "n")
        form = app.screen
        assert isinstance(form, MeetingForm)
        assert form.texts()["room"] == "Aula"  # there is only one
        assert (form.texts()["start"], form.texts()["end"]) == ("09:00", "11:00")
        fill_in(
            app, title="Rapat [/b]", unit="dinas sosial", service="vip streaming", contact_name="Ibu Rina",
            contact_phone="0812", meeting_number="999", passcode="abc", link="https://a", spare_link="https://b",
            team="Tono", expected="40",
        )  # fmt: skip
        await press(pilot, "ctrl+s")
        (line,) = await app.in_store(meetings.listing)
        held = await app.in_store(meetings.details, line.id)
        assert place_of(app).current == line
    meeting = held.meeting
    assert (meeting.title, meeting.expected, meeting.service) == ("Rapat [/b]", 40, ("vip", "streaming"))
    assert (meeting.passcode, meeting.link, meeting.spare_link) == ("abc", "https://a", "https://b")
    assert held.unit is not None
    assert held.unit.name == "Dinas Sosial"
    assert held.room is not None


async def test_the_end_follows_the_start_until_it_is_typed(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        await press(pilot, "4", "n")
        form = app.screen
        form.query_one("#field-start", Input).focus()
        form.query_one("#field-start", Input).value = ""
        await type_text(pilot, "13.30")
        assert form.texts()["end"] == "15:30"  # type: ignore[attr-defined]
        form.query_one("#field-end", Input).focus()
        form.query_one("#field-end", Input).value = ""
        await type_text(pilot, "14.00")
        form.query_one("#field-start", Input).focus()
        form.query_one("#field-start", Input).value = ""
        await type_text(pilot, "12.00")
        assert form.texts()["end"] == "14.00"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [("date", "2026/31/31", "2026/31/31"), ("end", "08.00", "before the start"), ("expected", "banyak", "banyak")],
)
async def test_a_fault_stays_inside_the_form(empty_office: Workplace, field: str, typed: str, said: str) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await press(pilot, "4", "n")
        fill_in(app, title="Rapat panjang", notes="catatan", **{field: typed})
        await press(pilot, "ctrl+s")
        form = app.screen
        assert isinstance(form, MeetingForm)
        assert said in text_on(app)
        assert form.query_one(f"#row-{field}").has_class("-faulty")
        assert (form.texts()["title"], form.texts()["notes"]) == ("Rapat panjang", "catatan")
        assert await app.in_store(meetings.listing) == []


async def test_a_day_is_said_from_today_and_said_back(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24), "id") as (app, pilot):
        await press(pilot, "4", "n")
        fill_in(app, title="Rapat", date="besok")
        day = app.screen.query_one("#field-date", Input)
        day.focus()
        await press(pilot, "tab")
        assert day.value == "24/11/2026"
        fill_in(app, date="28/11")  # kept without leaving the field
        await press(pilot, "ctrl+s")
        (line,) = await app.in_store(meetings.listing)
    assert line.start is not None
    assert line.start.date() == date(2026, 11, 28)


async def test_a_plan_past_midnight_has_the_field_its_message_names(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24), "id") as (app, pilot):
        await press(pilot, "4", "n")
        fill_in(app, title="Rapat malam", start="22.00", end="01.00")
        await press(pilot, "ctrl+s")
        assert "“Hari selesai”" in text_on(app)
        fill_in(app, end_date="24/11")
        await press(pilot, "ctrl+s", "e")
        fill_in(app, end="01.30")  # the day beside it stays what it is
        await press(pilot, "ctrl+s")
        (line,) = await app.in_store(meetings.listing)
    assert line.start is not None
    assert line.end is not None
    assert line.end - line.start == timedelta(hours=3, minutes=30)


@pytest.mark.parametrize(
    ("hour", "day", "start"),
    [
        (16, "28/11/2026", "17.00"),
        (20, "28/11/2026", "21.00"),
        (21, "30/11/2026", "09.00"),
        (23, "30/11/2026", "09.00"),
    ],
)  # fmt: skip
async def test_a_plan_is_for_today_as_long_as_today_lasts(
    empty_office: Workplace, clock: SetClock, hour: int, day: str, start: str
) -> None:
    clock.now = datetime(2026, 11, 28, hour, 53, tzinfo=ZoneInfo("Asia/Jakarta"))  # a Saturday
    async with opened(empty_office, (80, 24), "id") as (app, pilot):
        await press(pilot, "4", "n")
        form = app.screen
        assert isinstance(form, MeetingForm)
        assert (form.texts()["date"], form.texts()["start"]) == (day, start)


async def test_an_unknown_room_is_added_only_when_it_is_wanted(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        await app.in_store(directory.add_room, {"name": "Ruang Rapat Utama"})
        await app.in_store(directory.add_unit, {"name": "Dinas Sosial"})
        await press(pilot, "4", "n")
        fill_in(app, title="Rapat", room="Ruang Rapat Utma", unit="Dinas Sosial")
        await press(pilot, "ctrl+s")
        assert "There is no room of this name yet. Add it?" in text_on(app)
        await press(pilot, "n")
        assert "was not added" in text_on(app)
        assert await app.in_store(meetings.listing) == []
        fill_in(app, room="Aula [/]")
        await press(pilot, "ctrl+s", "y")
        assert {one.name for one in await app.in_store(directory.rooms)} == {"Ruang Rapat Utama", "Aula [/]"}
        (line,) = await app.in_store(meetings.listing)
    assert line.room == "Aula [/]"


async def test_nothing_is_added_on_the_way_before_all_of_it_is_right(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await press(pilot, "4", "n")
        fill_in(app, title="Rapat", unit="Dinas Sosal", room="Aula", date="31/31/2026")
        await press(pilot, "ctrl+s")
        assert "is not a date" in " ".join(text_on(app).split())
        fill_in(app, date="24/11/2026")
        await press(pilot, "ctrl+s", "y", "n")  # the unit, and not the room
        assert (await app.in_store(directory.units), await app.in_store(directory.rooms)) == ([], [])
        assert await app.in_store(meetings.listing) == []
        await press(pilot, "ctrl+s", "y", "y")
        (line,) = await app.in_store(meetings.listing)
    assert (line.unit, line.room) == ("Dinas Sosal", "Aula")


async def test_a_new_room_comes_with_an_edit_that_leaves_the_times(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        await app.in_store(meetings.plan, {"title": "Rapat", "date": "24/11/2026", "start": "09.00"})
        await press(pilot, "4", "e")
        fill_in(app, room="Aula")
        await press(pilot, "ctrl+s", "y")
        (line,) = await app.in_store(meetings.listing)
        (room,) = await app.in_store(directory.rooms)
    assert (line.room, room.zone) == ("Aula", "Asia/Jakarta")


async def test_enter_takes_the_name_that_is_shown_and_tab_what_was_typed(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        for name in ("Dinas Sosial", "Dinas Sosial Kota"):
            await app.in_store(directory.add_unit, {"name": name})
        await press(pilot, "4", "n", "down")
        unit = app.screen.query_one("#field-unit", Input)
        await type_text(pilot, "din")
        assert "dinas Sosial" in text_on(app)
        await press(pilot, "enter")
        assert (unit.value, unit.has_focus) == ("Dinas Sosial", False)
        await press(pilot, "up", "d", "i", "n", "tab")
        assert unit.value == "din"
        await press(pilot, "up")
        await type_text(pilot, "dinas sosial")  # whole already: the longer one is not meant
        await press(pilot, "enter")
        assert unit.value == "dinas sosial"


async def test_an_edit_changes_only_what_was_typed(empty_office: Workplace) -> None:
    texts = {"title": "Rapat", "date": "24/11/2026", "start": "09.00", "end": "10.00", "passcode": "abc", "notes": "n"}
    async with opened(empty_office) as (app, pilot):
        before = await app.in_store(meetings.plan, texts)
        await press(pilot, "4", "e")
        fill_in(app, title="Rapat baru")
        await press(pilot, "ctrl+s")
        after = await app.in_store(meetings.find, before.id)
    assert after.title == "Rapat baru"
    assert (after.passcode, after.notes, after.planned_start) == ("abc", "n", before.planned_start)


async def test_a_corrected_count_replaces_the_old_one(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        held = await app.in_store(meetings.add, HELD | {"title": "Rapat"})
        await press(pilot, "4", "e")
        fill_in(app, participants="24", count_method="counted")
        await press(pilot, "ctrl+s")
        after = await app.in_store(meetings.details, held.id)
    assert after.meeting.participants == 24
    assert [one.method for one in after.counts] == ["counted"]


async def test_a_meeting_is_added_afterwards(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        await press(pilot, "4", "a")
        fill_in(app, title="Rapat kemarin", date="20/11/2026", start="23.00", end="01.00", end_date="21/11/2026")
        fill_in(app, participants="12")
        await press(pilot, "ctrl+s")
        (line,) = await app.in_store(meetings.listing)
    assert (line.state, line.participants) == (MeetingState.ENDED, 12)


async def test_another_one_like_it_is_planned_without_its_secrets(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        await app.in_store(meetings.add, HELD | {"title": "Rapat mingguan", "passcode": "abc"})
        await press(pilot, "4", "c", "ctrl+s")
        lines = {one.state: one for one in await app.in_store(meetings.listing)}
        made = await app.in_store(meetings.find, lines[MeetingState.PLANNED].id)
    assert (made.title, made.passcode) == ("Rapat mingguan", "")
    assert made.local_day == 20261123


async def test_cancelling_asks_for_the_reason(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        held = await app.in_store(meetings.plan, {"title": "Rapat", "date": "24/11/2026", "start": "09.00"})
        await press(pilot, "4", "x", "escape")
        assert (await app.in_store(meetings.find, held.id)).state is MeetingState.PLANNED
        await press(pilot, "x", "2")
        after = await app.in_store(meetings.find, held.id)
        assert "called off" in text_on(app)
    assert (after.state, after.cancel_reason) == (MeetingState.CANCELLED, "Put off to another day")


async def test_only_a_planned_meeting_can_be_cancelled(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        await app.in_store(meetings.add, HELD | {"title": "Rapat"})
        await press(pilot, "4", "x")
        assert app.screen is app.shell


async def test_a_month_is_written_and_read_again(empty_office: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "november.csv"
    async with opened(empty_office) as (app, pilot):
        await app.in_store(meetings.add, HELD | {"title": "Rapat [/b]", "passcode": "rahasia"})
        await press(pilot, "4", "w")
        fill_in(app, file=str(file))
        await press(pilot, "ctrl+s")
        written = file.read_text(encoding="utf-8-sig")
        await press(pilot, "w")
        fill_in(app, file=str(file))
        await press(pilot, "ctrl+s", "n")
        assert "nothing was written" in text_on(app)
        await press(pilot, "escape")
    assert "Rapat [/b]" in written
    assert "rahasia" not in written


async def test_a_file_is_looked_at_before_it_is_stored(empty_office: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "masuk.csv"
    file.write_text(
        "tanggal;mulai;selesai;judul;unit;ruang;peserta\n"
        "5/10/2026;09.00;11.00;Rapat [/b] anggaran;Dinas Sosial;Aula;40\n"
        "6/10/2026;09.00;s.d. selesai;Rapat dua;Dinas Sosial;Aula;12\n",
        encoding="utf-8",
    )
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await press(pilot, "4", "o")
        fill_in(app, file=str(file))
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, PreviewDialog)
        shown = text_on(app)
        await press(pilot, "enter")  # no confirmation by habit
        assert await app.in_store(meetings.listing) == []
        await press(pilot, "escape", "o")
        fill_in(app, file=str(file))
        await press(pilot, "ctrl+s", "y")
        assert len(await app.in_store(meetings.listing)) == 2
        await press(pilot, "o")
        fill_in(app, file=str(file))
        await press(pilot, "ctrl+s")
        assert "Nothing new in this file" in text_on(app)
        await press(pilot, "y", "escape")
        assert len(await app.in_store(meetings.listing)) == 2
    assert "2 meetings would be stored" in shown
    assert "Dinas Sosial" in shown


async def test_every_fault_of_a_file_is_named_by_line_and_column(empty_office: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "salah.csv"
    file.write_text(
        "tanggal,mulai,selesai,judul,peserta\n"
        "5/10/2026,09.00,11.00,Baik,40\n"
        "31/31/2026,09.00,11.00,Salah,40\n"
        "6/10/2026,09.00,11.00,Salah,-4\n",
        encoding="utf-8",
    )
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await press(pilot, "4", "o")
        fill_in(app, file=str(file))
        await press(pilot, "ctrl+s")
        shown = text_on(app)
        await press(pilot, "y")
        assert isinstance(app.screen, PreviewDialog)
        assert await app.in_store(meetings.listing) == []
    assert "2 faults" in shown
    for part in ("3  tanggal", "31/31/2026", "4  peserta", "-4"):
        assert part in shown


async def test_a_file_that_is_not_there_is_said_inside(empty_office: Workplace, tmp_path: Path) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await press(pilot, "4", "o")
        fill_in(app, file=str(tmp_path / "tidak-ada.csv"))
        await press(pilot, "ctrl+s")
        assert "cannot be read" in " ".join(text_on(app).split())


@pytest.mark.parametrize("title", HOSTILE)
async def test_hostile_texts_are_text(empty_office: Workplace, title: str) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await app.in_store(directory.add_unit, {"name": title})
        await app.in_store(
            meetings.plan,
            dict.fromkeys(("title", "unit", "contact_name", "team", "notes", "link"), title)
            | {"date": "24/11/2026", "start": "09.00"},
        )
        await press(pilot, "4")
        shown = text_on(app)
        await press(pilot, "enter", "pagedown", "escape", "e", "escape", "x", "1")
        assert "\x1b" not in text_on(app)
    assert title.replace("\x1b", "")[:10] in shown


async def test_a_meeting_is_turned_to_from_elsewhere(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        old = (await app.in_store(meetings.listing))[-1]
        app.go("meetings", f"meeting:{old.id}")
        await settled(pilot)
        assert place_of(app).current == old


@pytest.mark.parametrize("month", [11, 12])
async def test_the_cursor_goes_to_what_was_planned(example: Workplace, month: int) -> None:
    async with opened(example, (80, 24)) as (app, pilot):
        await press(pilot, "4")
        await searched(pilot, "rapat")
        await press(pilot, "escape", "j", "n")
        fill_in(app, title="Baru", date=f"29/{month}/2026", start="09.00", end="10.00")
        await press(pilot, "ctrl+s")
        place_of(app)._search()  # what the pause after the last letter would still have done
        await settled(pilot)
        current, shown = place_of(app).current, place_of(app).month.month
    assert current is not None
    assert (current.title, shown) == ("Baru", month)


async def test_what_was_planned_is_turned_to_on_a_later_page(workplace: Workplace) -> None:
    _store_many(workplace, PAGE + 10)
    workplace.memory.keep(first_run="skipped")
    async with opened(workplace) as (app, pilot):
        await press(pilot, "4")
        await press(pilot, "end")
        first = place_of(app)._lines[-1]
        await press(pilot, "1")
        place_of(app)._lines, place_of(app).table.cursor = [], 0
        app.go("meetings", f"meeting:{first.id}")
        await settled(pilot)
        assert place_of(app).current == first
