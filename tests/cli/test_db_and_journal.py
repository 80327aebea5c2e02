"""`vcops db|journal|doctor|config|keys`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.lab.command import CommandLine


def test_backup_and_restore(vcops: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "cadangan.db"
    assert vcops("meeting", "start", "--title", "A").status == 0
    assert vcops("db", "backup", file, "--json").json == {"backup": str(file)}
    assert vcops("db", "backup", file).status == 1
    assert vcops("meeting", "start", "--title", "B").status == 0
    restored = vcops("db", "restore", file, "--json").json
    assert Path(restored["kept"]).exists()
    assert [one["title"] for one in vcops("meeting", "list", "--json").json] == ["A"]
    assert vcops("journal", "--verify").status == 0
    assert vcops("db", "restore", tmp_path / "nowhere.db").status == 5
    foreign = tmp_path / "foreign.db"
    foreign.write_text("tidak ada apa-apa" * 400)
    assert vcops("db", "restore", foreign).status == 5
    assert [one["title"] for one in vcops("meeting", "list", "--json").json] == ["A"]


def test_path_check_and_migrate(vcops: CommandLine) -> None:
    assert vcops("db", "path").out.strip() == str(vcops.home / "vcops.db")
    assert not vcops.home.exists()
    found = vcops("db", "check", "--json").json
    assert (found["sound"], found["schema"], found["meetings"]) == (True, "0001", 0)
    assert vcops("db", "migrate", "--json").json == {"from": "0001", "to": "0001", "backup": None}
    hidden = vcops("--database", "postgresql://sari:rahasia@10.255.0.1/kantor", "db", "path").out
    assert "rahasia" not in hidden


def test_the_journal_tells_who_did_what(vcops: CommandLine) -> None:
    assert vcops("--as", "Sari", "room", "add", "--name", "Aula").status == 0
    (entry,) = vcops("journal", "--json").json
    assert (entry["id"], entry["actor"], entry["action"], entry["entity"]) == (1, "Sari", "insert", "room")
    assert entry["after"]["name"] == "Aula"
    assert "Sari" in vcops("journal").out


def test_verify_finds_what_was_done_behind_its_back(vcops: CommandLine) -> None:
    assert vcops("room", "add", "--name", "Aula").status == 0
    assert "Nothing was changed" in vcops("journal", "--verify").out
    with closing(sqlite3.connect(vcops.home / "vcops.db")) as connection:
        connection.execute("UPDATE room SET seats = 999")
        connection.commit()
    ran = vcops("journal", "--verify", "--json")
    assert ran.status == 1
    (fault,) = ran.json["faults"]
    assert (fault["code"], fault["entity"], fault["columns"]) == ("row.edited", "room", "seats")
    assert len(ran.err.strip().splitlines()) == 1
    assert "di luar program" in vcops("journal", "--verify", lang="id").out


def test_doctor(vcops: CommandLine) -> None:
    ran = vcops("doctor", "--json")
    assert ran.status == 0
    assert {one["state"] for one in ran.json} <= {"ok", "warn"}
    assert not vcops.home.exists()
    vcops.home.mkdir()
    (vcops.home / "vcops.db").write_text("tidak ada apa-apa" * 400)
    broken = vcops("doctor", "--json")
    assert broken.status == 5
    assert "storage.foreign" in {one["error"]["code"] for one in broken.json if one["error"]}


def test_config_and_keys(vcops: CommandLine) -> None:
    vcops.home.mkdir()
    (vcops.home / "config.toml").write_text('language = "en"\n[keys]\n"go.today" = "t"\n')
    found = vcops("config", "--json").json
    assert found["database"] == str(vcops.home / "vcops.db")
    assert found["settings"]["keys"] == {"go.today": "t"}
    keys = {one["id"]: one["key"] for one in vcops("keys", "--json").json}
    assert keys["go.today"] == "t"
    assert '"go.today"' in vcops("keys").out
    (vcops.home / "config.toml").write_text('langauge = "en"\n')
    wrong = vcops("config")
    assert (wrong.status, "language" in wrong.err) == (2, True)


def test_a_named_database_in_a_folder_that_is_not_there_is_refused(vcops: CommandLine, tmp_path: Path) -> None:
    done = vcops("--database", tmp_path / "nowhere" / "x.db", "meeting", "list", "--json")
    assert done.status == 5
    assert done.json["error"]["code"] == "storage.no_folder"
    assert not (tmp_path / "nowhere").exists()
