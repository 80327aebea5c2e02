"""`vcops meeting` in a process of its own: what it prints, what it refuses, with which status."""

from __future__ import annotations

import pytest

from tests.lab.command import CommandLine

HELD = ("--date", "2026-10-05", "--start", "09:00", "--end", "10:00", "--title", "Rapat koordinasi")


def test_the_life_of_a_meeting(vcops: CommandLine) -> None:
    assert vcops("room", "add", "--name", "Aula", "--seats", 40).status == 0
    started = vcops("meeting", "start", "--title", "Rakor", "--room", "aula", "--json").json
    assert (started["state"], started["zone"], started["passcode_set"]) == ("running", "Asia/Jakarta", False)
    assert vcops("meeting", "count", "-o", "12", "-r", "3").status == 0
    counted = vcops("meeting", "count", started["id"][-6:], "--online", "20", "--method", "puncak", "--json").json
    assert (counted["total"], counted["method"]) == (20, "peak")
    assert vcops("meeting", "incident", "--text", "suara putus").status == 0
    assert vcops("meeting", "recover", "--action", "ganti kabel").status == 0
    ended = vcops("meeting", "end", "--json").json
    assert (ended["state"], ended["participants"], ended["count_method"]) == ("ended", 20, "peak")
    assert vcops("meeting", "undo", ended["id"], "--json").json == {"id": ended["id"], "undone": "end"}
    shown = vcops("meeting", "show", ended["id"], "--json").json
    assert (shown["state"], shown["room"], len(shown["counts"])) == ("running", "Aula", 2)
    assert shown["incidents"][0]["action"] == "ganti kabel"
    assert vcops("journal", "--verify", "--json").json["intact"] is True


def test_add_edit_cancel_list(vcops: CommandLine) -> None:
    added = vcops("meeting", "add", *HELD, "--participants", "40", "--kind", "diikuti", "--json").json
    assert (added["started_at"], added["ended_at"], added["kind"]) == (
        "2026-10-05T02:00:00Z", "2026-10-05T03:00:00Z", "attended",
    )  # fmt: skip
    edited = vcops("meeting", "edit", added["id"], "--participants", "45", "--end", "10.30", "--json").json
    assert (edited["participants"], edited["ended_at"]) == (45, "2026-10-05T03:30:00Z")
    planned = vcops("meeting", "plan", "--title", "Nanti", "--date", "2031-01-06", "--start", "9", "--json").json
    assert planned["state"] == "planned"
    refused = vcops("meeting", "cancel", added["id"], "--reason", "x")
    assert (refused.status, "Traceback" in refused.err) == (1, False)
    assert vcops("meeting", "cancel", planned["id"], "--reason", "batal", "--json").json["state"] == "cancelled"
    assert [one["id"] for one in vcops("meeting", "list", "--json").json] == [planned["id"], added["id"]]
    assert [one["title"] for one in vcops("meeting", "list", "--state", "ended", "--json").json] == ["Rapat koordinasi"]
    listed = vcops("meeting", "list", "--search", "KOORD", lang="id").out
    assert "Rapat koordinasi" in listed
    assert "09.00" in listed


def test_a_passcode_is_never_told(vcops: CommandLine) -> None:
    secret, link = "rahasia-771", "https://zoom.example/j/99?pwd=TopSecret1"
    planned = vcops(
        "meeting", "plan", "--title", "A", "--date", "2031-01-06", "--start", "9", "--passcode", secret, "--link", link,
        "--json",
    )  # fmt: skip
    said = [planned.out, planned.err]
    for words in (["meeting", "show", planned.json["id"]], ["meeting", "list"], ["journal"]):
        said += [vcops(*words).out, vcops(*words, "--json").out]
    assert planned.json["passcode_set"] is True
    assert not any(secret in one or "TopSecret1" in one for one in said)


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (["add", *HELD, "--participants", "-5"], 2, "count.negative"),
        (["add", *HELD, "--participants", "9999999"], 2, "count.absurd"),
        (["add", *HELD, "--date", "31/02/2026"], 2, "form.date"),
        (["add", *HELD, "--end", "08:00"], 2, "meeting.end_before_start"),
        (["add", *HELD, "--title", ""], 2, "form.needed"),
        (["count", "--online", "3"], 1, "meeting.none_running"),
        (["count", "abcdef12", "--online", "x"], 2, "form.number"),
        (["end", "abcdef12"], 2, "meeting.unknown"),
        (["show", "zzz"], 2, "meeting.id_short"),
        (["start"], 2, "usage"),
        (["start", "--titel", "A"], 2, "usage"),
    ],
)
def test_a_fault_is_one_sentence_and_one_document(vcops: CommandLine, words: list[str], status: int, code: str) -> None:
    ran = vcops("meeting", *words, "--json")
    assert ran.status == status
    assert set(ran.json["error"]) == {"code", "message", "remedy"}
    assert ran.json["error"]["code"] == code
    assert len(ran.err.strip().splitlines()) == 1
    assert vcops("meeting", "list", "--json").json == []


@pytest.mark.parametrize(("lang", "word"), [("id", "mendahului"), ("en", "before the start")])
def test_a_fault_is_said_in_the_language_asked_for(vcops: CommandLine, lang: str, word: str) -> None:
    assert word in vcops("meeting", "add", *HELD, "--end", "08:00", lang=lang).err


def test_an_end_on_the_next_day_and_an_open_end(vcops: CommandLine) -> None:
    night = vcops("meeting", "add", *HELD, "--start", "22:00", "--end", "01:00", "--end-date", "2026-10-06", "--json")
    assert night.json["ended_at"] == "2026-10-05T18:00:00Z"
    spoken = ["--date", "2026-10-05", "--title", "B", "--start", "09.00 s.d. selesai", "--mode", "daring"]
    assert vcops("meeting", "add", *spoken, "--json").json["ended_at"] is None


@pytest.mark.parametrize("name", ["plan", "start", "count", "shift", "list"])
def test_help_is_in_the_language_asked_for(vcops: CommandLine, name: str) -> None:
    english, indonesian = (vcops("meeting", name, "--help", lang=lang).out for lang in ("en", "id"))
    assert "Show this message" in english
    assert "Tampilkan pesan ini" in indonesian
    assert english.splitlines()[2] != indonesian.splitlines()[2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--date", "2026-10-05", "--start", "09.00"], "Judul belum diisi"),
        (["--date", "2026-10-05", "--start", "25.00", "--title", "A"], "Mulai: 25.00 bukan"),
        (["--date", "2026-10-32", "--start", "09.00", "--title", "A"], "Tanggal: 2026-10-32 bukan tanggal"),
        (["--date", "2026-10-05", "--start", "9", "--title", "A", "--participants", "150000"], "(100.000)"),
    ],
)
def test_a_wrong_option_is_named_as_people_call_it(vcops: CommandLine, words: list[str], said: str) -> None:
    ran = vcops("meeting", "add", *words, lang="id")
    assert ran.status == 2
    assert said in ran.err


def test_a_long_title_is_cut_to_the_terminal(vcops: CommandLine) -> None:
    title = ("Rapat koordinasi " * 20).strip()
    vcops("meeting", "add", "--date", "2026-10-05", "--start", "09:00", "--title", title)
    assert title in vcops("meeting", "list").out, "whole in a pipe"
    lines = vcops("meeting", "list", env={"COLUMNS": "80"}).out.splitlines()
    assert max(map(len, lines)) == 80
    assert "Rapat koordina" in lines[1]
    assert "…" in lines[1]
    assert vcops("meeting", "list", "--json").json[0]["title"] == title
