"""Rooms: three lists, their forms, a room with its past checks, and nothing that a password could leak through."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.harness import opened, press, settled, text_on
from vcops.domain.room_cameras import RoomCamera
from vcops.operations import directory, runs
from vcops.operations.workplace import Workplace
from vcops.tui.dialogs.form import FormDialog
from vcops.tui.rooms.details import RoomDialog
from vcops.tui.rooms.place import RoomsPlace

HOSTILE = "[/] [b]Ruang[/b] a [/x] c [@click=app.quit]keluar[/]"


async def typed(pilot: Pilot[object], name: str, text: str) -> None:
    pilot.app.screen.query_one(f"#field-{name}", Input).value = text
    await settled(pilot)


def said(app: object) -> list[str]:
    return [str(one.message) for one in app._notifications]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", ("Ruang", "Kursi", "Keputusan", "belum diperiksa")), ("en", ("Room", "Seats", "Decision", "not checked"))],
)
async def test_the_rooms(example: Workplace, language: str, words: tuple[str, ...]) -> None:
    async with opened(example, (80, 24), language) as (app, pilot):
        await press(pilot, "6")
        shown = text_on(app)
    for part in ("Ruang Rapat Utama", "Aula", "150", *words):
        assert part in shown


async def test_a_wide_window_shows_more(example: Workplace) -> None:
    async with opened(example, (200, 50)) as (app, pilot):
        await press(pilot, "6")
        shown = text_on(app)
    for part in ("Lantai 2, sayap timur", "WIB", "Camera", "Measured against", "Backup"):
        assert part in shown


async def test_tab_and_letters_turn_to_the_other_lists(example: Workplace) -> None:
    async with opened(example, (80, 24)) as (app, pilot):
        await press(pilot, "6", "tab")
        assert "Dinas Kesehatan" in text_on(app)
        await press(pilot, "tab")
        assert "Pranata Komputer" in text_on(app)
        await press(pilot, "tab")
        assert "Ruang Kendali" in text_on(app)
        await press(pilot, "p")
        assert "Pranata Komputer" in text_on(app)
        await press(pilot, "u", "r")
        assert "Ruang Kendali" in text_on(app)


@pytest.mark.parametrize(
    ("key", "language", "words"),
    [
        ("r", "id", "Belum ada ruang"), ("u", "id", "Belum ada unit kerja"), ("p", "id", "Belum ada pegawai"),
        ("r", "en", "No room is known"), ("u", "en", "No unit is known"), ("p", "en", "Nobody is on the list"),
    ],
)  # fmt: skip
async def test_an_empty_list_names_the_key(empty_office: Workplace, key: str, language: str, words: str) -> None:
    async with opened(empty_office, (80, 24), language) as (app, pilot):
        await press(pilot, "6", key)
        shown = text_on(app)
    assert words in shown
    assert "a  Tambah" in shown or "a  Add" in shown


async def test_adding_and_changing_a_room(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await press(pilot, "6", "a")
        await press(pilot, "ctrl+s")
        assert "Name is needed." in text_on(app)
        for name, text in (("name", "Ruang Baru"), ("location", "Lantai 9"), ("seats", "tiga"), ("camera", "0")):
            await typed(pilot, name, text)
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, FormDialog)
        await typed(pilot, "seats", "1.200")
        await press(pilot, "ctrl+s")
        assert "Ruang Baru" in text_on(app)
        assert "1,200" in text_on(app)
        await press(pilot, "e")
        await typed(pilot, "kit", "Kamera PTZ")
        await press(pilot, "ctrl+s")
    (room,) = directory.rooms(empty_office)
    assert (room.name, room.location, room.seats, room.camera) == ("Ruang Baru", "Lantai 9", 1200, "0")
    assert (room.kit, room.zone, room.backup_link) == ("Kamera PTZ", "Asia/Jakarta", False)


async def test_only_what_was_changed_is_stored(empty_office: Workplace) -> None:
    room = directory.add_room(empty_office, {"name": "Aula", "zone": "Asia/Pontianak", "kit": "Kamera\nMikrofon"})
    async with opened(empty_office, (80, 24)) as (_app, pilot):
        await press(pilot, "6", "e")
        await typed(pilot, "location", "Gedung B")
        await press(pilot, "ctrl+s")
    (stored,) = directory.rooms(empty_office)
    assert stored.location == "Gedung B"
    assert (stored.zone, stored.kit) == (room.zone, room.kit) == ("Asia/Pontianak", "Kamera\nMikrofon")


async def test_units_and_staff_are_added_and_opened_for_change(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await press(pilot, "6", "u", "a")
        await typed(pilot, "name", "Dinas Sosial")
        await press(pilot, "ctrl+s")
        assert "Dinas Sosial" in text_on(app)
        await press(pilot, "enter")
        await typed(pilot, "code", "DINSOS")
        await press(pilot, "ctrl+s", "p", "a")
        await typed(pilot, "name", "Sari")
        await press(pilot, "ctrl+s")
        assert "Sari" in text_on(app)
    assert [(one.name, one.code) for one in directory.units(empty_office)] == [("Dinas Sosial", "DINSOS")]
    assert [one.name for one in directory.people(empty_office)] == ["Sari"]


async def test_an_odd_nip_is_stored_and_warned_about(empty_office: Workplace) -> None:
    async with opened(empty_office, (100, 30)) as (app, pilot):
        await press(pilot, "6", "p", "a")
        await typed(pilot, "name", "Sari")
        await typed(pilot, "nip", "1234")
        await press(pilot, "ctrl+s")
        assert any("1234" in one and "18 digits" in one for one in said(app))
        assert "! 1234" in text_on(app)
        await press(pilot, "e")
        await typed(pilot, "nip", "198005172006041001")
        await press(pilot, "ctrl+s")
        assert "! 198005172006041001" not in text_on(app)
    assert [one.nip for one in directory.people(empty_office)] == ["198005172006041001"]


async def test_a_password_is_neither_stored_nor_shown(empty_office: Workplace) -> None:
    directory.add_room(empty_office, {"name": "Aula", "camera": "http://10.0.0.9/video?token=rahasia"})
    async with opened(empty_office, (200, 50)) as (app, pilot):
        await press(pilot, "6", "enter")
        assert isinstance(app.screen, RoomDialog)
        assert "token=***" in text_on(app)
        assert "rahasia" not in text_on(app)
        await press(pilot, "e")
        assert "token=***" in text_on(app)
        for address in ("rtsp://admin:raha/sia@10.0.0.9/stream", "http://10.0.0.7/video?token=***"):
            await typed(pilot, "camera", address)
            await press(pilot, "ctrl+s")
            assert isinstance(app.screen, FormDialog)
        await typed(pilot, "camera", "http://10.0.0.9/video?token=***")
        await typed(pilot, "location", "Gedung B")
        await press(pilot, "ctrl+s")
        assert "Gedung B" in text_on(app)
        assert "rahasia" not in text_on(app)
        assert directory.rooms(empty_office)[0].camera == "http://10.0.0.9/video?token=rahasia"
        await press(pilot, "e")
        await typed(pilot, "camera", "Depan = rtsp://admin:rahasia@10.0.0.9/stream; Pembicara = 0")
        await press(pilot, "ctrl+s")
        assert any("secrets.toml" in one for one in said(app))
        assert "Depan, Pembicara" in text_on(app)
        assert "rahasia" not in text_on(app)
    (room,) = directory.rooms(empty_office)
    assert room.cameras == (RoomCamera("rtsp://10.0.0.9/stream", "Depan"), RoomCamera("0", "Pembicara"))


@pytest.mark.parametrize(("language", "word"), [("id", "BELUM SIAP"), ("en", "NOT READY")])
async def test_past_checks_of_a_room(empty_office: Workplace, language: str, word: str) -> None:
    room = directory.add_room(empty_office, {"name": "Aula"})
    run = runs.start(empty_office, "video-conference", room_id=room.id)
    gate = run.gates()[0][1]
    runs.decide(empty_office, run.id, gate.id)
    async with opened(empty_office, (100, 30), language) as (app, pilot):
        await press(pilot, "6", "enter")
        shown = text_on(app)
        assert word in shown
        assert "23/11/2026" in shown
        await press(pilot, "escape")
        assert app.screen is app.shell


async def test_a_room_is_prepared_from_its_details(empty_office: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    room = directory.add_room(empty_office, {"name": "Aula"})
    async with opened(empty_office) as (app, pilot):
        went: list[tuple[str, str]] = []
        await press(pilot, "6", "enter")
        monkeypatch.setattr(app, "go", lambda place, subject="": went.append((place, subject)))
        await press(pilot, "s")
    assert went == [("prepare", f"room:{room.id}")]


async def test_the_filter_finds_in_any_column_and_escape_clears_it(example: Workplace) -> None:
    async with opened(example, (120, 40)) as (app, pilot):
        await press(pilot, "6", "slash", *"gedung")
        assert "Aula" in text_on(app)
        assert "Ruang Kendali" not in text_on(app)
        await press(pilot, "enter", "escape")
        assert "Ruang Kendali" in text_on(app)
        assert app.query_one(RoomsPlace).filter.value == ""


async def test_turning_to_one_room(example: Workplace) -> None:
    wanted = next(one for one in directory.rooms(example) if one.name == "Ruang Kendali")
    async with opened(example) as (app, pilot):
        app.go("rooms", f"room:{wanted.id}")
        await settled(pilot)
        assert app.query_one(RoomsPlace).table.current == wanted.id


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_hostile_names_are_only_names(empty_office: Workplace, size: tuple[int, int], language: str) -> None:
    directory.add_room(empty_office, {"name": HOSTILE, "location": HOSTILE, "kit": HOSTILE, "camera": HOSTILE})
    directory.add_unit(empty_office, {"name": HOSTILE, "code": "[/]"})
    directory.add_person(empty_office, {"name": HOSTILE, "nip": "[/]", "position": HOSTILE, "role": "[/x]"})
    async with opened(empty_office, size, language) as (app, pilot):
        await press(pilot, "6")
        assert "[/] [b]Ruang" in text_on(app)
        for key in ("r", "u", "p"):
            await press(pilot, key, "enter")
            assert "[/] [b]Ruang" in text_on(app)
            await press(pilot, "escape")
            await press(pilot, "e")
            await press(pilot, "ctrl+s")
        assert app.is_running
