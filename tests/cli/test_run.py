"""`vcops run`: the walk without the screen, its JSON and its exit statuses."""

from __future__ import annotations

import hashlib

import pytest

from tests.operations.test_runs import write_small


@pytest.fixture
def run(vcops):
    write_small(vcops.home)
    return vcops("run", "start", "small", "--json").json


def test_start_and_go_on(vcops, run) -> None:
    assert (run["procedure"], run["version"]) == ("small", "7")
    assert [one["id"] for one in run["steps"]] == ["power", "camera", "display", "photo", "rating", "mood"]
    assert [one["way"] for one in run["steps"]][:3] == ["confirm", "check", "record:number"]
    assert vcops("run", "start", "small", "--json").json["id"] == run["id"]
    (line,) = vcops("run", "status", "--json").json
    assert (line["id"], line["answered"], line["steps"], line["ready"]) == (run["id"], 0, 6, None)


def test_a_room_is_named(vcops, run) -> None:
    assert vcops("room", "add", "--name", "Garuda").status == 0
    other = vcops("run", "start", "small", "--room", "garuda", "--json").json
    assert other["id"] != run["id"]
    (line,) = vcops("run", "status", "--room", "Garuda", "--json").json
    assert (line["id"], line["room"]) == (other["id"], "Garuda")
    assert vcops("run", "start", "small", "--room", "Nowhere").status == 2


def test_steps_are_answered(vcops, run) -> None:
    done = vcops("run", "step", run["id"], "power", "--done", "--note", "UPS baru", "--json").json
    assert (done["standing"], done["attempts"][0]["note"]) == ("pass", "UPS baru")
    assert vcops("run", "step", run["id"][-6:], "display", "--value", "1", "--json").json["standing"] == "warn"
    failed = vcops("run", "step", run["id"], "power", "--fail", "--reason", "mati", "--json").json
    assert (failed["standing"], len(failed["attempts"])) == ("fail", 2)
    undone = vcops("run", "undo", run["id"], "--json").json
    assert (undone["id"], undone["standing"], len(undone["attempts"])) == ("power", "pass", 2)


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (["power", "--skip"], 2, "run.skip_reason"),
        (["power"], 2, "run.no_answer"),
        (["camera", "--done"], 4, "run.must_be_measured"),
        (["pwer", "--done"], 2, "run.unknown_step_near"),
        (["display", "--done"], 2, "run.value_needed"),
        (["power", "--done", "--attach", "none.jpg"], 2, "run.attachment_missing"),
    ],
)
def test_wrong_answers_have_their_status(vcops, run, words, status, code) -> None:
    ran = vcops("run", "step", run["id"], *words, "--json")
    assert (ran.status, ran.json["error"]["code"]) == (status, code)
    assert ran.err.startswith("vcops: ")
    assert all(not one["attempts"] for one in vcops("run", "show", run["id"], "--json").json["steps"])


def test_an_attached_file_is_kept_by_its_digest(vcops, run, tmp_path) -> None:
    photo = tmp_path / "ruang.jpg"
    photo.write_bytes(b"not really a picture")
    other = tmp_path / "layar.jpg"
    other.write_bytes(b"nor this")
    done = vcops("run", "step", run["id"], "photo", "--done", "--attach", photo, "--attach", other, "--json").json
    digest = hashlib.sha256(photo.read_bytes()).hexdigest()
    first, second = done["attachments"]
    assert (first["path"], first["size"], first["sha256"], first["state"]) == (str(photo), 20, digest, "same")
    assert second["path"] == str(other)
    photo.write_bytes(b"retouched afterwards")
    other.unlink()
    shown = vcops("run", "show", run["id"], lang="id").out
    assert "! ruang.jpg, 20 byte: berubah sejak dilampirkan" in shown
    assert "! layar.jpg, 8 byte: tidak ditemukan lagi" in shown
    assert photo.name in str(
        vcops("run", "step", run["id"], "photo", "--attach", photo, "--json").json["attachments"][2]
    )
    assert len(vcops("run", "show", run["id"], "--json").json["steps"][3]["attempts"]) == 1
    noted = vcops("run", "step", run["id"], "photo", "--attach", photo, "--note", "dari depan", "--json").json
    assert [one["note"] for one in noted["attempts"]] == ["", "dari depan"]


def test_a_running_meeting_in_the_room_is_not_disturbed(vcops) -> None:
    write_small(vcops.home)
    assert vcops("room", "add", "--name", "Garuda").status == 0
    run_id = vcops("run", "start", "small", "--room", "Garuda", "--json").json["id"]
    assert vcops("meeting", "start", "--title", "Rapat pagi", "--room", "Garuda").status == 0
    ran = vcops("run", "check", run_id, "camera", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (1, "check.meeting_here")
    assert "Rapat pagi" in ran.err


def test_a_gate_that_stays_shut_is_status_1(vcops, run) -> None:
    ran = vcops("run", "gate", run["id"], "--json")
    assert (ran.status, ran.json["ready"], ran.json["error"]["code"]) == (1, "not_ready", "run.not_ready")
    assert [one["step"] for one in ran.json["blockers"]] == ["power", "camera", "display"]
    assert "In the way: power, camera, display" in ran.err
    said = vcops("run", "gate", run["id"], lang="id")
    assert "✗ BELUM SIAP" in said.out
    assert "Keputusan ini dicatat, oleh tester." in said.err
    assert "Yang menghalangi" in said.err


def test_not_ready_is_decided_with_a_reason_whatever_stands_in_the_way(vcops, run) -> None:
    assert vcops("run", "gate", run["id"], "--not-ready").status == 2
    assert vcops("run", "gate", run["id"], "--not-ready", "--override", "--reason", "x").status == 2
    ran = vcops("run", "gate", run["id"], "--not-ready", "--reason", "perintah pimpinan", "--json")
    assert (ran.status, ran.json["ready"], ran.json["reason"]) == (1, "not_ready", "perintah pimpinan")
    assert ran.json["error"]["code"] == "run.refused"
    assert "perintah pimpinan" in vcops("run", "show", run["id"]).out


def test_an_override_opens_it_with_its_reason(vcops, run) -> None:
    assert vcops("run", "gate", run["id"], "--override").status == 2
    ran = vcops("run", "gate", run["id"], "--override", "--reason", "perintah pimpinan", "--json")
    assert (ran.status, ran.json["ready"], ran.json["reason"]) == (0, "override", "perintah pimpinan")
    assert vcops("run", "gate", run["id"], "--gate", "zzz").status == 2
    (line,) = vcops("run", "status", "--json").json
    assert line["ready"] == "override"


def test_only_a_measured_step_is_checked(vcops, run) -> None:
    ran = vcops("run", "check", run["id"], "power", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "run.not_a_check")


def test_a_check_is_measured_and_recorded(vcops, run, tmp_path) -> None:
    """No camera there: it cannot be measured, and that too is an attempt."""
    vcops("room", "add", "--name", "Garuda", "--camera", str(tmp_path / "none.avi"))
    other = vcops("run", "start", "small", "--room", "Garuda", "--json").json
    ran = vcops("run", "check", other["id"], "camera", "--json")
    assert ran.status == 3, ran.err
    assert (ran.json["check"], ran.json["standard"], ran.json["verdict"]) == ("camera", "room-camera", "unmeasured")
    assert ran.json["error"]["code"]
    step = vcops("run", "show", other["id"], "--json").json["steps"][1]
    assert (step["standing"], len(step["attempts"])) == ("unmeasured", 1)


def test_a_run_as_text(vcops, run) -> None:
    vcops("run", "step", run["id"], "power", "--skip", "--reason", "listrik padam")
    said = vcops("run", "show", run["id"], lang="id").out
    assert "– DILEWATI" in said
    assert "listrik padam" in said
    assert "Keputusan: Siap: belum diputuskan" in said


def test_an_unknown_run_is_told(vcops, run) -> None:
    for text in ("zzzzzz", "z"):
        ran = vcops("run", "show", text)
        assert ran.status == 2
        assert len(ran.err.splitlines()) == 1


def test_no_run_yet_says_what_to_do(vcops) -> None:
    ran = vcops("run", "status")
    assert (ran.status, ran.out) == (0, "")
    assert "vcops run start" in ran.err


def test_a_run_says_when_its_procedure_reads_otherwise_by_now(vcops, run) -> None:
    assert run["edition"]["state"] == "same"
    assert "newer" not in vcops("run", "show", run["id"]).err
    file = vcops.home / "handbook" / "small.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('"7"', '"8"'), encoding="utf-8")
    shown = vcops("run", "show", run["id"], "--json").json["edition"]
    assert (shown["state"], shown["version"], shown["now_version"]) == ("newer", "7", "8")
    assert shown["digest"] != shown["now_digest"]
    (line,) = vcops("run", "status", "--json").json
    assert line["edition"] == shown
    ran = vcops("run", "status")
    assert f"{run['id'][-8:]}: A newer version of the procedure is in force: 8." in ran.err
    file.unlink()
    assert vcops("run", "show", run["id"], "--json").json["edition"]["state"] == "gone"
    assert "Pedoman tidak lagi memuat" in vcops("run", "show", run["id"], lang="id").err


def test_a_run_says_by_when_its_steps_are_due(vcops) -> None:
    asked = ["--title", "Rapat", "--date", "2026-12-28", "--start", "09:00", "--kind", "hosted", "--json"]
    meeting = vcops("meeting", "plan", *asked).json["id"]
    shown = vcops("run", "start", "video-conference", "--meeting", meeting, "--json").json
    steps = {one["id"]: one for one in shown["steps"]}
    team = steps["team"]
    assert (team["deadline"], team["due"], team["due_certain"]) == ("-2wd", "2026-12-22T02:00:00Z", True)
    assert steps["power"]["due"] == "2026-12-28T01:00:00Z"
    assert steps["watch"]["due"] is None
    assert (shown["gates"][0]["deadline"], shown["gates"][0]["due"]) == ("-15min", "2026-12-28T01:45:00Z")
