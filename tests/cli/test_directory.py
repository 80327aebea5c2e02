"""`vcops room|unit|person|office`."""

from __future__ import annotations

from tests.lab.command import CommandLine


def test_rooms(vcops: CommandLine) -> None:
    assert vcops("room", "list").out == ""
    assert "vcops room add" in vcops("room", "list").err
    made = vcops("room", "add", "--name", "Aula", "--zone", "WITA", "--seats", "40", "--json").json
    assert (made["zone"], made["seats"], made["backup_link"]) == ("Asia/Makassar", 40, False)
    assert vcops("room", "add", "--name", "aula").status == 1
    assert vcops("room", "edit", "aula", "--kit", "TV 65").status == 0
    assert vcops("room", "show", "AULA", "--json").json["kit"] == "TV 65"
    assert [one["name"] for one in vcops("room", "list", "--json").json] == ["Aula"]
    missing = vcops("room", "show", "Aul")
    assert (missing.status, "Aula" in missing.err) == (2, True)
    assert vcops("room", "add").status == 2


def test_units_and_people(vcops: CommandLine) -> None:
    assert vcops("unit", "add", "--name", "Dinas Kesehatan", "--code", "DINKES").status == 0
    assert [one["code"] for one in vcops("unit", "list", "--json").json] == ["DINKES"]
    odd = vcops("person", "add", "--name", "Budi", "--nip", "123", "--json")
    assert (odd.status, odd.json["nip"]) == (0, "123")
    assert "18" in odd.err
    assert vcops("person", "add", "--name", "Sari", "--nip", "198001012005011001").err == ""
    assert [one["name"] for one in vcops("person", "list", "--json").json] == ["Budi", "Sari"]
    assert not any("salt" in one for one in vcops("person", "list", "--json").json)


def test_the_office(vcops: CommandLine) -> None:
    assert vcops("office", "show", "--json").json["name"] == ""
    assert vcops("office", "set").status == 2
    assert vcops("office", "set", "--name", "Diskominfo", "--zone", "WIT").status == 0
    shown = vcops("office", "show", "--json").json
    assert (shown["name"], shown["zone"]) == ("Diskominfo", "Asia/Jayapura")
    assert vcops("room", "add", "--name", "Aula", "--json").json["zone"] == "Asia/Jayapura"
