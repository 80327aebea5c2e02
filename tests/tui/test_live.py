"""Live: a key stamps at once, the words follow or stay away, and the last stamp can be moved or taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Digits

from tests.lab.clocks import SetClock
from tests.tui.harness import opened, press, send, settled, text_on
from vcops.domain.meetings import MeetingState
from vcops.domain.overview import MeetingDetails
from vcops.errors import StorageError
from vcops.operations import meetings
from vcops.operations.workplace import Workplace
from vcops.tui.app import VcopsApp
from vcops.tui.dialogs.form import FormDialog
from vcops.tui.live.place import LivePlace
from vcops.tui.widgets.choice import Choice

HOSTILE = ("[/b] rapat", "a [/b] c", "[@click=app.quit]x[/]", "\x1b[31mmerah", "[bold", "{title}", "…" * 200)


async def live(app: VcopsApp) -> list[MeetingDetails]:
    return await app.in_store(meetings.live)


async def the_one(app: VcopsApp) -> MeetingDetails:
    (one,) = await live(app)
    return one


async def planned(app: VcopsApp, title: str = "Rapat kerja", *, end: str = "10.00") -> str:
    texts = {"title": title, "date": "23/11/2026", "start": "08.00", "end": end, "mode": "hybrid"}
    return (await app.in_store(meetings.plan, texts)).id


async def running(app: VcopsApp, pilot: Pilot[object], title: str = "Rapat kerja", *, end: str = "10.00") -> str:
    """Plan a meeting, start it now and show it."""
    meeting_id = await planned(app, title, end=end)
    await app.in_store(meetings.start, meeting_id)
    app.go("live", f"meeting:{meeting_id}")
    await settled(pilot)
    return meeting_id


async def tick(app: VcopsApp, pilot: Pilot[object]) -> None:
    app.query_one(LivePlace)._tick()
    await settled(pilot)


async def type_text(pilot: Pilot[object], text: str) -> None:
    await press(pilot, *("space" if one == " " else one for one in text))


async def test_an_empty_screen_names_the_key(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await press(pilot, "3")
        shown = text_on(app)
    assert "No meeting is running." in shown
    assert "s  Start a meeting" in shown


async def test_a_new_meeting_starts_with_the_key_and_survives_escape(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office) as (app, pilot):
        await press(pilot, "3", "s")
        pressed = clock.now
        assert (await the_one(app)).meeting.started_at == pressed  # before a word is typed
        clock.move(minutes=3)
        await press(pilot, "escape")
        held = (await the_one(app)).meeting
        assert held.started_at == pressed
        assert held.title == "Meeting at 08:00"
        assert "Meeting at 08:00" in text_on(app)
        assert not isinstance(app.screen, FormDialog)


async def test_the_words_of_a_new_meeting_follow_its_start(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office) as (app, pilot):
        await press(pilot, "3", "s")
        pressed = clock.now
        clock.move(minutes=2)
        await type_text(pilot, "Rapat banjir")
        await press(pilot, "ctrl+s")
        held = (await the_one(app)).meeting
    assert (held.title, held.started_at) == ("Rapat banjir", pressed)


async def test_a_planned_meeting_starts_at_the_moment_of_the_key(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office) as (app, pilot):
        meeting_id = await planned(app)
        await press(pilot, "3", "s")
        pressed = clock.now
        clock.move(minutes=1)
        await press(pilot, "enter")
        held = (await the_one(app)).meeting
    assert (held.id, held.started_at) == (meeting_id, pressed)


async def test_leaving_the_choice_starts_nothing(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        await planned(app)
        await press(pilot, "3", "s", "escape")
        assert await live(app) == []


async def test_an_incident_is_stored_before_its_words_and_kept_without(
    empty_office: Workplace, clock: SetClock
) -> None:
    async with opened(empty_office) as (app, pilot):
        await running(app, pilot)
        pressed = clock.move(minutes=5)
        await press(pilot, "i")
        (before,) = (await the_one(app)).incidents
        await type_text(pilot, "tidak jadi")
        await press(pilot, "escape")
        (after,) = (await the_one(app)).incidents
        clock.move(seconds=65)
        await tick(app, pilot)
        assert "0:01:05" in text_on(app)
    assert before.started_at == after.started_at == pressed
    assert after.text == ""


async def test_recovery_stops_the_stopwatch_and_takes_words(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office) as (app, pilot):
        await running(app, pilot)
        await press(pilot, "i")
        await type_text(pilot, "suara [/] putus")
        await press(pilot, "ctrl+s")
        over = clock.move(minutes=4)
        await press(pilot, "r")
        clock.move(minutes=4)
        await type_text(pilot, "kabel diganti")
        await press(pilot, "ctrl+s")
        (found,) = (await the_one(app)).incidents
        shown = text_on(app)
    assert (found.text, found.action, found.recovered_at) == ("suara [/] putus", "kabel diganti", over)
    assert "suara [/] putus → kabel diganti" in shown
    assert "incident since" not in shown


async def test_words_can_be_given_later(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        await running(app, pilot)
        await press(pilot, "i", "escape", "w")
        await type_text(pilot, "gambar beku")
        await press(pilot, "enter", "enter")
        (found,) = (await the_one(app)).incidents
    assert found.text == "gambar beku"


async def test_a_count_has_the_time_of_its_key(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office) as (app, pilot):
        await running(app, pilot)
        pressed = clock.move(minutes=12)
        await press(pilot, "c")
        clock.move(minutes=2)
        await type_text(pilot, "1.035")
        await press(pilot, "tab")
        await type_text(pilot, "12")
        await press(pilot, "tab", "right", "enter")
        held = await the_one(app)
        shown = text_on(app)
    (count,) = held.counts
    assert (count.at, count.online, count.in_room, count.total) == (pressed, 1035, 12, 1047)
    assert count.method == "rows"
    assert held.meeting.participants == 1047
    assert "1,047 people at 08:12" in shown
    assert "08:42, in 28 min" in shown


async def test_enter_leads_a_hybrid_count_to_the_room_and_saves_there(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24), "id") as (app, pilot):
        await running(app, pilot)
        await press(pilot, "c")
        assert "Enter lanjut   ^s simpan" in text_on(app)
        for key in ("3", "7", "enter", "8", "enter"):  # as busy hands type: nothing is waited for
            send(app, key)
        await settled(pilot)
        (first,) = (await the_one(app)).counts
        await press(pilot, "c", "enter", "9")
        assert "Enter simpan   Tab lanjut" in text_on(app)
        await press(pilot, "enter")
        second = min((await the_one(app)).counts, key=lambda one: one.total)
    assert (first.online, first.in_room) == (37, 8)
    assert (second.online, second.in_room, second.method) == (None, 9, "counted")


async def test_enter_saves_the_one_number_of_an_online_meeting(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        await app.in_store(meetings.start, None, {"title": "Rapat daring", "mode": "online"})
        await press(pilot, "3", "c")
        assert "Enter save   Tab next" in text_on(app)
        await type_text(pilot, "3r7")
        await press(pilot, "enter")
        assert isinstance(app.screen, FormDialog)
        assert app.screen.texts() == {"online": "3r7", "in_room": "", "method": "counted"}  # letters change no method
        await press(pilot, *["backspace"] * 2, "7", "enter")
        (first,) = (await the_one(app)).counts
    assert (first.online, first.in_room, first.method) == (37, None, "counted")


async def test_how_people_were_counted_is_said_for_each_count(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24), "id") as (app, pilot):
        await running(app, pilot)
        await press(pilot, "c", "5", "0", "tab", "tab", "right", "enter", "c")
        assert app.screen.query_one("#field-method", Choice).value == "counted"
        assert (await the_one(app)).counts[0].method == "rows"


async def test_an_incident_of_an_ended_meeting_is_told_with_its_times(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office, (80, 24), "id") as (app, pilot):
        meeting_id = await running(app, pilot)
        clock.move(minutes=20)
        await press(pilot, "e")
        clock.move(minutes=1)
        await press(pilot, "i")
        assert "sudah selesai" in text_on(app)
        assert (await app.in_store(meetings.details, meeting_id)).incidents == ()
        await type_text(pilot, "8.05")
        await press(pilot, "enter")
        await type_text(pilot, "8.21")
        await press(pilot, "ctrl+s")
        assert "sesudah rapat berakhir" in " ".join(text_on(app).split())
        assert app.focused is app.screen.query_one("#field-recovered_at")
        await press(pilot, *["backspace"] * 2, "0", "9")
        await press(pilot, "ctrl+s")
        (found,) = (await app.in_store(meetings.details, meeting_id)).incidents
        assert "gangguan sejak" not in text_on(app)
    assert found.recovered_at is not None
    assert found.recovered_at - found.started_at == timedelta(minutes=4)


async def test_what_is_stamped_late_says_the_minute_that_is_recorded(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office) as (app, pilot):
        meeting_id = await running(app, pilot)
        clock.move(minutes=10)
        await press(pilot, "i", "escape")
        ended = clock.move(minutes=10)
        await press(pilot, "e")
        clock.move(minutes=5)
        await press(pilot, "r")
        assert "Recovered at 08:20" in text_on(app)
        await press(pilot, "escape", "c")
        assert "Head count at 08:20" in text_on(app)
        await press(pilot, "4", "ctrl+s")
        held = await app.in_store(meetings.details, meeting_id)
    assert (held.incidents[0].recovered_at, held.counts[0].at) == (ended, ended)


async def test_what_moves_a_stamp_is_told_with_its_sign(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24), "id") as (app, pilot):
        await running(app, pilot)
        await press(pilot, "z", "x", "enter")
        shown = " ".join(text_on(app).split())
    assert "bukan jumlah menit" in shown
    assert shown.count("Ketik -5 untuk lima menit lebih awal") == 2


async def test_escape_with_nothing_to_close_stays(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        await running(app, pilot)
        await press(pilot, "i", "escape", "escape", "escape")
        assert app.shell.navigation.current == "live"
        assert "Rapat kerja" in text_on(app)


@pytest.mark.parametrize(("typed", "said"), [("abc", "abc"), ("-5", "-5"), ("", "empty"), ("999999", "999999")])
async def test_a_wrong_count_stays_in_its_form(empty_office: Workplace, typed: str, said: str) -> None:
    async with opened(empty_office) as (app, pilot):
        await running(app, pilot)
        await press(pilot, "c")
        await type_text(pilot, typed)
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, FormDialog)
        assert app.screen.texts()["online"] == typed
        assert said in text_on(app)
        assert (await the_one(app)).counts == ()
        await press(pilot, "escape")
        assert (await the_one(app)).counts == ()


async def test_the_end_is_taken_back_and_that_is_said(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office) as (app, pilot):
        meeting_id = await running(app, pilot)
        ended = clock.move(minutes=30)
        await press(pilot, "e")
        assert await live(app) == []
        assert (await app.in_store(meetings.find, meeting_id)).ended_at == ended
        clock.move(minutes=10)
        await tick(app, pilot)
        assert app.query_one(Digits).value == "0:30:00"  # an ended meeting stays in sight, its clock stands
        await press(pilot, "u")
        assert (await the_one(app)).meeting.state is MeetingState.RUNNING
        assert "Undone: the end" in text_on(app)


async def test_undo_takes_back_one_stamp_after_the_other(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office) as (app, pilot):
        meeting_id = await running(app, pilot)
        clock.move(minutes=1)
        await press(pilot, "i", "escape")
        clock.move(minutes=1)
        await press(pilot, "r", "escape")
        clock.move(minutes=1)
        await press(pilot, "c", "7", "ctrl+s")
        for left in ("count", "recovered", "incident", "start"):
            last = await app.in_store(meetings.last_stamp, meeting_id)
            assert last is not None
            assert last.code == left
            await press(pilot, "u")
        held = await app.in_store(meetings.details, meeting_id)
    assert held.meeting.state is MeetingState.PLANNED
    assert (held.counts, held.incidents) == ((), ())


async def test_undo_after_a_correction_takes_the_end_back_and_never_the_start(
    empty_office: Workplace, clock: SetClock
) -> None:
    async with opened(empty_office, (80, 24), "id") as (app, pilot):
        meeting_id = await running(app, pilot, "Rapat kerja")
        clock.move(minutes=30)
        await press(pilot, "c", "7", "ctrl+s", "e")
        await app.in_store(meetings.edit, meeting_id, {"start": "07.00"})
        await press(pilot, "f5")
        assert "Terakhir: akhir rapat 08.30" in text_on(app)
        await press(pilot, "u")
        assert "akhir rapat pukul 08.30" in text_on(app)
        assert "dikoreksi sesudahnya tetap; ubah dengan t." in " ".join(text_on(app).split())
        assert (await the_one(app)).meeting.state is MeetingState.RUNNING
        await press(pilot, "u", "u")
        held = await app.in_store(meetings.find, meeting_id)
    assert (held.state, held.started_at, held.ended_at) == (MeetingState.PLANNED, None, None)


async def test_undoing_the_start_of_an_unplanned_meeting_cancels_it(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        await press(pilot, "3", "s", "escape")
        meeting_id = (await the_one(app)).meeting.id
        await press(pilot, "u")
        held = await app.in_store(meetings.find, meeting_id)
        assert held.state is MeetingState.CANCELLED
        assert "No meeting is running." in text_on(app)


async def test_the_last_stamp_moves_by_minutes(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office) as (app, pilot):
        await running(app, pilot)
        pressed = clock.move(minutes=20)
        await press(pilot, "i", "escape", "minus", "minus", "minus", "plus")
        (found,) = (await the_one(app)).incidents
        assert found.started_at == pressed - timedelta(minutes=2)
        assert "Last: incident 08:18" in text_on(app)
        await press(pilot, "z", "ctrl+s")  # five minutes earlier stand there
        (found,) = (await the_one(app)).incidents
        assert found.started_at == pressed - timedelta(minutes=7)


async def test_no_key_is_lost_when_they_come_fast(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office) as (app, pilot):
        await running(app, pilot)
        started = clock.now
        await pilot.press("minus", "minus", "minus", "minus", "minus", "minus")
        await settled(pilot)
        assert (await the_one(app)).meeting.started_at == started - timedelta(minutes=6)


async def test_a_shift_that_cannot_be_is_refused_with_words(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office) as (app, pilot):
        await running(app, pilot)
        clock.move(minutes=1)
        await press(pilot, "i", "escape", "minus", "minus")
        (found,) = (await the_one(app)).incidents
        assert found.started_at == (await the_one(app)).meeting.started_at
        assert "before the" in text_on(app)


async def test_half_an_hour_past_the_planned_end_it_asks_once(empty_office: Workplace, clock: SetClock) -> None:
    question = "Does it still run? It was to end at 08:30."
    async with opened(empty_office) as (app, pilot):
        await running(app, pilot, end="08.30")
        clock.move(minutes=59)
        await tick(app, pilot)
        assert question not in text_on(app)
        clock.move(minutes=1)
        await tick(app, pilot)
        assert question in text_on(app)
        await press(pilot, "c", "9", "ctrl+s")  # it keeps nobody from working
        assert len((await the_one(app)).counts) == 1
        await press(pilot, "y")
        assert question not in text_on(app)
        clock.move(minutes=29)
        await tick(app, pilot)
        assert question not in text_on(app)
        clock.move(minutes=1)
        await tick(app, pilot)
        assert question in text_on(app)
        await press(pilot, "e")
        assert question not in text_on(app)
        assert await live(app) == []


async def test_keys_act_on_the_meeting_under_the_cursor(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        first = await running(app, pilot, "Rapat pertama")
        clock.move(minutes=1)
        second = await running(app, pilot, "Rapat kedua")
        assert app.query_one(LivePlace).running.current == second
        await press(pilot, "k", "i", "escape")
        held = {one.meeting.id: one for one in await live(app)}
        assert len(held[first].incidents) == 1
        assert held[second].incidents == ()
        await press(pilot, "j", "e")
        assert [one.meeting.id for one in await live(app)] == [first]


async def test_the_clock_ticks_by_the_workplaces_clock(empty_office: Workplace, clock: SetClock) -> None:
    async with opened(empty_office, language="id") as (app, pilot):
        await running(app, pilot)
        clock.move(minutes=9, seconds=58)
        await tick(app, pilot)
        assert app.query_one(Digits).value == "0:09:58"
        assert "08.10, 1 menit lagi" in text_on(app)
        clock.move(minutes=5)
        await tick(app, pilot)
        assert "08.10, terlambat 4 menit" in text_on(app)
        assert "10.00, 1 jam 46 menit lagi" in text_on(app)


async def test_a_count_from_elsewhere_comes_in_sight(empty_office: Workplace, tmp_path: Path) -> None:
    async with opened(empty_office) as (app, pilot):
        meeting_id = await running(app, pilot)
        await app.in_store(meetings.count, meeting_id, online=31)
        for _second in range(15):
            app.query_one(LivePlace)._tick()
        await settled(pilot)
        assert "31 people" in text_on(app)


@pytest.mark.parametrize("title", HOSTILE)
async def test_hostile_titles_are_text(empty_office: Workplace, title: str) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await running(app, pilot, title)
        await running(app, pilot, title)
        await press(pilot, "c", "escape", "i", "escape", "d")
        shown = text_on(app)
        await press(pilot, "escape", "t", "escape", "e", "u")
        assert len(await live(app)) == 2
    assert "\x1b" not in shown
    assert title.replace("\x1b", "")[:12].strip() in shown.replace("\x1b", "")


async def test_switching_the_language_keeps_the_meeting(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        await running(app, pilot)
        await press(pilot, "ctrl+l")
        shown = text_on(app)
        await press(pilot, "i", "escape")
        assert len((await the_one(app)).incidents) == 1
    assert "Hitungan peserta" in shown
    assert "rencana selesai" in shown


async def test_who_comes_here_means_what_runs_and_who_is_led_here_what_was_meant(
    empty_office: Workplace, clock: SetClock
) -> None:
    async with opened(empty_office) as (app, pilot):
        ended = await running(app, pilot, "Sudah selesai")
        clock.move(minutes=30)
        await press(pilot, "e")
        place = app.query_one(LivePlace)
        assert place.chosen is not None
        assert place.chosen.meeting.id == ended  # a count that comes late is still meant for it
        other = await planned(app, "Berjalan")
        await app.in_store(meetings.start, other)
        await press(pilot, "1", "3")
        assert place.chosen.meeting.id == other
        await press(pilot, "1")
        app.go("live", f"meeting:{ended}")
        await settled(pilot)
        assert place.chosen.meeting.id == ended
        await press(pilot, "f5")
        assert place.chosen.meeting.id == ended
        await press(pilot, "1", "3")  # nobody leads here now
        assert place.chosen.meeting.id == other


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_refusal_leaves_the_last_stamp_in_sight(empty_office: Workplace, size: tuple[int, int]) -> None:
    async with opened(empty_office, size) as (app, pilot):
        await running(app, pilot)
        await press(pilot, "2", "3")
        app.say("kept")
        app.report(StorageError("storage.read_only", url="/srv/kantor/dinas/komunikasi/vcops.db"))
        await settled(pilot)
        stamp = app.query_one("#stamp")
        assert stamp.region.bottom == size[1] - 1
        assert "Last: start" in text_on(app).splitlines()[stamp.region.y]
        assert max(one.region.bottom for one in app.screen.query("Toast")) == stamp.region.y
        await press(pilot, "1")
        assert max(one.region.bottom for one in app.screen.query("Toast")) == size[1] - 1, "as ever elsewhere"
