"""Rooms, units, people and the office."""

from __future__ import annotations

import pytest

from vcops.domain.people import nip_doubt
from vcops.errors import Conflict, InvalidInput
from vcops.operations import directory, journal
from vcops.operations.workplace import Workplace


def test_a_room_keeps_what_was_typed(any_workplace: Workplace) -> None:
    directory.set_office(any_workplace, {"zone": "WITA"})
    made = directory.add_room(any_workplace, {"name": " Ruang  Rapat ", "seats": "1.200", "backup_link": "ya"})
    assert (made.name, made.seats, made.backup_link, made.zone) == ("Ruang Rapat", 1200, True, "Asia/Makassar")
    assert directory.room(any_workplace, "ruang rapat") == made
    edited = directory.edit_room(any_workplace, made.id, {"kit": "kamera PTZ\nTV 65"})
    assert (edited.kit, edited.seats) == ("kamera PTZ\nTV 65", 1200)
    assert journal.verify(any_workplace).intact


def test_two_rooms_or_units_of_one_name_are_refused(any_workplace: Workplace) -> None:
    directory.add_room(any_workplace, {"name": "Aula"})
    directory.add_unit(any_workplace, {"name": "Dinas Kesehatan", "code": "DINKES"})
    with pytest.raises(Conflict, match=r"room\.exists"):
        directory.add_room(any_workplace, {"name": "AULA"})
    with pytest.raises(Conflict, match=r"unit\.exists"):
        directory.add_unit(any_workplace, {"name": "dinkes"})
    assert len(directory.rooms(any_workplace)) == len(directory.units(any_workplace)) == 1


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({"name": ""}, "form.needed"),
        ({"name": "A", "seats": "many"}, "form.number"),
        ({"name": "A", "seats": "-1"}, "count.negative"),
        ({"name": "A", "zone": "Mars"}, "form.zone"),
        ({"name": "A", "backup_link": "perhaps"}, "form.yes_no"),
        ({"name": "A", "colour": "red"}, "form.unknown_column"),
        ({"name": "A", "camera": "rtsp://admin:ra/ha@sia@10.0.0.8/1"}, "room.camera_login"),
        ({"name": "A", "camera": "admin:rahasia@10.0.0.8/1"}, "room.camera_login"),
        ({"name": "A", "measure_server": "https://10.0.0.8/?token=rahasia"}, "form.password_in_address"),
        ({"name": "A", "measure_server": "user:rahasia@10.0.0.8/x"}, "form.password_in_address"),
        ({"name": "A", "measure_server": "rahasia@10.0.0.8/x"}, "form.password_in_address"),
        ({"name": "A", "measure_server": "plain+http://h/x#upload=http://u:rahasia@h/y"}, "form.password_in_address"),
        ({"name": "A", "measure_server": "fast+https://10.0.0.8"}, "check.unknown_server_kind"),
    ],
)
def test_a_faulty_room_is_refused(workplace: Workplace, texts: dict[str, str], code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        directory.add_room(workplace, texts)
    assert caught.value.code == code
    assert "rahasia" not in str(dict(caught.value.params))
    assert directory.rooms(workplace) == []


@pytest.mark.parametrize("server", ["user:rahasia@h/x", "https://a.example,iperf3://u:rahasia@h:5201"])
def test_an_office_keeps_no_servers_password(workplace: Workplace, server: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        directory.set_office(workplace, {"measure_servers": server})
    assert caught.value.code == "form.password_in_address"
    assert directory.office(workplace).measure_servers == ()


def test_an_unknown_room_names_the_nearest(workplace: Workplace) -> None:
    directory.add_room(workplace, {"name": "Ruang Garuda"})
    with pytest.raises(InvalidInput) as caught:
        directory.room(workplace, "Ruang Garudaa")
    assert caught.value.params["nearest"] == "Ruang Garuda"


def test_the_office_is_one_row(any_workplace: Workplace) -> None:
    assert directory.office(any_workplace).name == ""
    directory.set_office(
        any_workplace, {"name": "Diskominfo", "measure_servers": "https://a.example, https://b.example"}
    )
    found = directory.set_office(any_workplace, {"place": "Pontianak"})
    assert (found.name, found.place) == ("Diskominfo", "Pontianak")
    assert found.measure_servers == ("https://a.example", "https://b.example")
    assert journal.verify(any_workplace).intact


@pytest.mark.parametrize(
    ("nip", "doubt"),
    [("198001012005011001", False), ("19800101 200501 1 001", False), ("", False), ("12345", True),
     ("198013012005011001", True), ("19800101200501100x", True)],
)  # fmt: skip
def test_a_nip_is_doubted_and_never_refused(workplace: Workplace, nip: str, doubt: bool) -> None:
    assert nip_doubt(nip) is doubt
    assert directory.add_person(workplace, {"name": "Budi", "nip": nip}).nip == nip
