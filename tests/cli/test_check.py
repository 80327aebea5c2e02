"""`vcops check`: exit statuses, the public JSON shape, and sentences."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.lab.camera import CameraScript, running_camera
from tests.lab.command import CommandLine
from tests.lab.server import ServerScript, running_server
from tests.lab.video import write_video
from tests.operations.test_runs import write_small

READING = {
    "metric", "value", "unit", "verdict", "required", "pass", "warn", "low", "high", "samples", "partial",
    "instrument", "how", "at", "note", "subject",
}  # fmt: skip


def test_a_camera_that_meets_the_standard(vcops: CommandLine, tmp_path: Path) -> None:
    video = write_video(tmp_path / "room.avi", width=1280, height=720, fps=30, frames=40)
    ran = vcops("check", "camera", "--source", video, "--json")
    assert (ran.status, ran.err) == (0, "")
    assert set(ran.json) == {
        "check",
        "source",
        "standard",
        "verdict",
        "findings",
        "readings",
        "error",
        "seconds",
        "passed_over",
    }
    assert (ran.json["check"], ran.json["standard"], ran.json["verdict"]) == ("camera", "room-camera", "pass")
    assert all(set(one) == READING for one in ran.json["readings"])
    shown = vcops("check", "camera", "--source", video, "--all", lang="id")
    assert shown.status == 0
    assert "1.280  px   ≥ 1.280  MEMENUHI" in shown.out


def test_a_camera_that_does_not(vcops: CommandLine, tmp_path: Path) -> None:
    video = write_video(tmp_path / "room.avi", width=320, height=240, fps=30, frames=40)
    ran = vcops("check", "camera", "--source", video, "--json")
    assert (ran.status, ran.json["verdict"], ran.json["error"]) == (1, "fail", None)
    assert "Picture width, Picture height" in ran.err


def test_no_camera_is_one_sentence_and_a_remedy(vcops: CommandLine, tmp_path: Path) -> None:
    ran = vcops("check", "camera", "--source", tmp_path / "none.mp4", "--json")
    assert (ran.status, ran.json["verdict"], ran.json["error"]["code"]) == (3, "unmeasured", "camera.no_file")
    assert ran.err.count("\n") == 1
    assert ran.json["error"]["remedy"] in ran.err


def test_the_list_of_cameras(vcops: CommandLine) -> None:
    ran = vcops("check", "camera", "--list", "--json")
    assert ran.status == 0
    assert all(set(one) == {"id", "name"} for one in ran.json)


def test_a_connection(vcops: CommandLine) -> None:
    with running_server(ServerScript(mbps=40)) as server:
        ran = vcops("check", "connection", "--server", server.url, "--json")
    assert (ran.status, ran.json["verdict"]) == (0, "pass")
    download = next(one for one in ran.json["readings"] if one["metric"] == "download_mbps")
    assert 28 <= download["value"] <= 52
    assert set(download) == READING | {"bytes_mb"}


def test_the_verdict_and_its_reason_come_first(vcops: CommandLine) -> None:
    with running_server(ServerScript(mbps=3)) as server:
        words = ("check", "connection", "--server", server.url, "--seconds", 7, "--platform", "http://127.0.0.1:1")
        shown = vcops(*words, "--participants", 40, lang="id")
        ran = vcops(*words, "--participants", 40, "--json")
    lines = shown.out.splitlines()
    assert shown.status == ran.status == 1
    assert "720p, 40 peserta" in lines[0]
    assert lines[1] == "✗ TIDAK MEMENUHI"
    assert lines[2].startswith("  ✗ Unduh")
    assert "dari 7,1 Mbps yang diperlukan untuk 720p dengan 40 peserta" in lines[2]
    assert "memenuhi" in lines[-1]
    assert "--all" in lines[-1]
    assert not [line for line in lines if "Jitter" in line]
    assert "server STUN" in shown.err
    first = ran.json["findings"][0]
    assert (first["code"], set(first)) == ("finding.down_short_for", {"code", "message"})
    assert "of 7.1 Mbps needed for 720p with 40 participants" in first["message"]


def test_a_server_that_was_left_is_told_with_the_one_that_gave_the_figures(vcops: CommandLine) -> None:
    gone = "http://127.0.0.1:1"
    with running_server(ServerScript(mbps=40)) as server:
        assert vcops("office", "set", "--measure-servers", f"{gone}, {server.url}").status == 0
        ran = vcops("check", "connection", "--seconds", 7)
        shown = vcops("check", "connection", "--seconds", 2, "--json").json
    assert server.url in ran.out.splitlines()[0]
    assert f"{gone} was tried and left: 127.0.0.1 refuses connections at port 1." in ran.err
    assert f"The figures are those of {server.url}." in ran.err
    assert "this machine itself" in ran.err
    (left,) = shown["passed_over"]
    assert (left["source"], left["code"], shown["source"]) == (gone, "network.refused", server.url)


def test_everything_is_shown_when_asked_for(vcops: CommandLine) -> None:
    with running_server(ServerScript(mbps=40)) as server:
        ran = vcops("check", "connection", "--server", server.url, "--all")
    assert ran.status == 0
    assert "The link holds for 10 participants at 720p" in ran.out
    assert "Jitter" in ran.out
    assert f"vcops http, {server.url.removeprefix('http://')}" in ran.out
    assert "--all" not in ran.out


def test_a_connection_through_speedtest(vcops: CommandLine) -> None:
    with running_server(ServerScript(mbps=40)) as server:
        words = ("--via", "speedtest", "--server", f"{server.url}/upload.php", "--seconds", 10, "--json")
        ran = vcops("check", "connection", *words)
    assert (ran.status, ran.json["verdict"]) == (0, "pass")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["connection"], 3, "--server URL"),
        (["connection", "--via", "magic"], 2, "magic"),
        (["connection", "--server", "http://127.0.0.1:1"], 3, "refuses connections at port 1"),
        (["platform"], 2, "No platform is named"),
        (["platform", "no-such.invalid"], 3, "not found"),
        (["camera", "--standard", "room-camra"], 2, "room-camera"),
        (["connection", "--server", "http://:80"], 2, "not a complete URL"),
        (["platform", "https://"], 2, "not a complete URL"),
        (["camera", "--source", "rtsp://"], 2, "not a complete URL"),
        (["camera", "--seconds", "0"], 2, "seconds"),
        (["camera", "--source", ""], 2, "empty"),
        (["connection", "--server", " "], 2, "empty"),
        (["connection", "--server", "http://a", "--stun", "a b"], 2, "not a host with a port"),
        (["connection", "--server", "http://a", "--reflector", "a:0"], 2, "not a host with a port"),
        (["connection", "--server", "http://a", "--interface", "eth0/1"], 2, "not the name of an interface"),
        (
            ["connection", "--server", "http://127.0.0.1:1", "--interface", "no-such0"],
            3,
            "no interface or address no-such0",
        ),
        (["connection", "--server", "http://a", "--quality", "8k"], 2, "360p, 720p"),
        (["connection", "--server", "http://a", "--participants", "0"], 2, "0 participants"),
        (["connection", "--server", "http://a", "--platform", "zomo"], 2, "zomo"),
        (["connection", "--server", "http://a", "--max-mb", "nan"], 2, "nan"),
        (["connection", "--via", "iperf3"], 3, "iperf3 -s"),
        (["room", "Nowhere"], 2, "Nowhere"),
    ],
)
def test_what_cannot_be_measured(vcops: CommandLine, words: list[str], status: int, said: str) -> None:
    ran = vcops("check", *words)
    assert ran.status == status
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_password_is_nowhere_in_what_is_printed(vcops: CommandLine, tmp_path: Path) -> None:
    with running_camera(CameraScript(width=160, height=120, login="sari:rahasia")) as camera:
        good = camera.url.replace("http://", "http://sari:rahasia@")
        for words in (["--json"], []):
            ran = vcops("check", "camera", "--source", good, "--seconds", 1, *words)
            assert "sari:***@" in ran.out
            assert "rahasia" not in ran.out + ran.err
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"rahasia" in text for text in kept)


def test_a_room_is_checked_and_recorded(vcops: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, nowhere in {"PULSE_SERVER": "unix:/nowhere", "ALSA_CONFIG_PATH": os.devnull}.items():
        monkeypatch.setenv(name, nowhere)  # whatever microphone is here, nobody speaks into it
    video = write_video(tmp_path / "room.avi", width=1280, height=720, fps=30, frames=40)
    with running_server(ServerScript(mbps=40)) as server:
        words = ("--camera", video, "--measure-server", server.url)
        assert vcops("room", "add", "--name", "Aula", *words).status == 0
        ran = vcops("check", "room", "Aula", "--json")
    verdicts = {one["check"]: one["verdict"] for one in ran.json["checks"]}
    assert verdicts.pop("sound") == "unmeasured" or sys.platform != "linux"
    assert verdicts == {"connection": "pass", "platform": "unmeasured", "camera": "pass"}
    assert ran.status == 3
    assert vcops("run", "show", ran.json["run"], "--json").json["id"] == ran.json["run"]


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is another thing there")
def test_ctrl_c_keeps_what_was_measured(vcops: CommandLine) -> None:
    with running_camera(CameraScript(width=320, height=240, fps=20)) as camera:
        words = vcops.words("check", "camera", "--source", camera.url, "--seconds", 60)
        with subprocess.Popen(
            words, env=vcops.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as program:
            while not camera.seen:
                time.sleep(0.05)
            with pytest.raises(subprocess.TimeoutExpired):  # it is measuring, and will be for a minute
                program.communicate(timeout=5)
            program.send_signal(signal.SIGINT)
            out, err = program.communicate(timeout=20)
    assert program.returncode == 130
    assert "partial" in out
    assert "was stopped" in err


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is another thing there")
def test_ctrl_c_at_a_room_leaves_what_stood(vcops: CommandLine, tmp_path: Path) -> None:
    write_small(vcops.home)
    video = write_video(tmp_path / "room.avi", width=1280, height=720, fps=30, frames=40)
    assert vcops("room", "add", "--name", "Aula", "--camera", video).status == 0
    words = ("check", "room", "Aula", "--procedure", "small", "--json")
    assert vcops(*words).json["error"] is None
    with running_camera(CameraScript(width=320, height=240, fps=20)) as camera:
        assert vcops("room", "edit", "Aula", "--camera", camera.url).status == 0
        with subprocess.Popen(
            vcops.words(*words), env=vcops.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as program:
            while not camera.seen:
                time.sleep(0.05)
            program.send_signal(signal.SIGINT)
            out, err = program.communicate(timeout=20)
    assert program.returncode == 130
    told = json.loads(out)
    assert (told["error"]["code"], told["checks"][0]["verdict"]) == ("check.room_stopped", "unmeasured")
    assert "0 of them came to their end" in err
    step = next(one for one in vcops("run", "show", told["run"], "--json").json["steps"] if one["id"] == "camera")
    assert step["standing"] == "pass"
    assert [(one["verdict"], one["undone_at"] is None) for one in step["attempts"]] == [
        ("pass", True),
        ("unmeasured", False),
    ]
    assert "does not count" in vcops("run", "show", told["run"]).out


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is another thing there")
def test_ctrl_c_before_a_room_is_measured_says_that_nothing_was(vcops: CommandLine) -> None:
    assert vcops("room", "add", "--name", "Aula").status == 0
    (file,) = vcops.home.rglob("*.db")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")  # so that it cannot begin its run yet
    words = vcops.words("check", "room", "Aula")
    with subprocess.Popen(
        words, env=vcops.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        while not any(Path(one.path) == file for one in psutil.Process(program.pid).open_files()):
            time.sleep(0.05)
        with pytest.raises(subprocess.TimeoutExpired):
            program.communicate(timeout=3)
        program.send_signal(signal.SIGINT)
        time.sleep(0.3)
        other.rollback()
        out, err = program.communicate(timeout=20)
    other.close()
    assert (program.returncode, out) == (130, "")
    assert "stopped before anything was measured" in err


def test_what_is_said_is_broken_between_words(vcops: CommandLine) -> None:
    with running_server(ServerScript(mbps=40)) as server:
        words = ("check", "connection", "--server", server.url, "--seconds", 4, "--all")
        ran = vcops(*words, lang="id", env={"COLUMNS": "80"})
    lines = (ran.out + ran.err).splitlines()
    assert all(len(line) <= 80 for line in lines), [line for line in lines if len(line) > 80]
    assert "komputer ini" in " ".join((ran.out + ran.err).split())
