"""The camera probe against real files and a real stream."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.lab.camera import CameraScript, running_camera
from tests.lab.probing import run_probe
from tests.lab.scenes import scenes
from tests.lab.scenes_faults import FAULTS, LEVELS, frames_of
from tests.lab.video import write_video
from vcops.domain.metrics import metrics_of


def test_a_file_is_measured_by_its_own_timestamps(tmp_path: Path) -> None:
    video = write_video(tmp_path / "room.avi", width=320, height=240, fps=25, frames=60)
    probed = run_probe("camera", {"source": str(video)})
    assert (probed.values["frame_width_px"], probed.values["frame_height_px"]) == (320, 240)
    assert probed.values["fps"] == pytest.approx(25, abs=0.5)  # decoded many times faster than that
    assert probed.values["longest_gap_ms"] == pytest.approx(40, abs=1)
    assert probed.readings["fps"]["how"] == "file-timestamps"
    assert probed.readings["fps"]["samples"] == 60
    assert not probed.readings["fps"]["partial"]
    assert (probed.lines[-1], probed.status) == ({"type": "done"}, 0)


def test_a_file_is_measured_for_the_seconds_asked_for(tmp_path: Path) -> None:
    video = write_video(tmp_path / "room.avi", width=160, height=120, fps=10, frames=80)
    probed = run_probe("camera", {"source": str(video), "seconds": 2})
    assert probed.readings["fps"]["samples"] == 21


@pytest.mark.parametrize(("repeat", "expected"), [(1, 0), (2, 50), (4, 75)])
def test_identical_frames_are_counted(tmp_path: Path, repeat: int, expected: float) -> None:
    video = write_video(tmp_path / "room.avi", width=160, height=120, frames=81, repeat=repeat)
    assert run_probe("camera", {"source": str(video)}).values["identical_frames_pct"] == pytest.approx(expected, abs=1)


def test_black_frames_and_brightness(tmp_path: Path) -> None:
    bright = run_probe("camera", {"source": str(write_video(tmp_path / "bright.avi", luma=150, frames=20))})
    assert bright.values["black_frames_pct"] == 0
    assert bright.values["luma_mean"] == pytest.approx(150, abs=5)
    part = run_probe("camera", {"source": str(write_video(tmp_path / "part.avi", frames=20, black_every=4))})
    assert part.values["black_frames_pct"] == pytest.approx(25)


def test_a_stream_is_measured_by_the_clock() -> None:
    with running_camera(CameraScript(width=640, height=360, fps=15)) as camera:
        probed = run_probe("camera", {"source": camera.url, "seconds": 2})
    assert (probed.values["frame_width_px"], probed.values["frame_height_px"]) == (640, 360)
    assert 12 <= probed.values["fps"] <= 18  # the backend itself declares 25
    assert probed.readings["fps"]["how"] == "clock"
    assert probed.values["identical_frames_pct"] == 0
    assert probed.values["first_frame_ms"] > 0


def test_a_stream_with_doubled_and_black_frames() -> None:
    with running_camera(CameraScript(width=320, height=240, fps=20, repeat=2, black_every=5)) as camera:
        probed = run_probe("camera", {"source": camera.url, "seconds": 2})
    assert 25 <= probed.values["identical_frames_pct"] <= 55
    assert 12 <= probed.values["black_frames_pct"] <= 28


@pytest.mark.parametrize("fault", [{"stop_after": 40}, {"stall_after": 40}])
def test_a_stream_that_ends_leaves_partial_readings(fault: dict[str, int]) -> None:
    with running_camera(CameraScript(width=160, height=120, fps=15, **fault)) as camera:
        probed = run_probe("camera", {"source": camera.url, "seconds": 5})
    assert (probed.code, probed.status) == ("camera.stopped", 3)
    assert 12 <= probed.values["fps"] <= 18
    assert probed.readings["fps"]["partial"]


def test_a_password_goes_to_the_camera_and_nowhere_else() -> None:
    with running_camera(CameraScript(width=160, height=120, login="sari:rahasia")) as camera:
        address = camera.url.replace("http://", "http://{}@")
        good = run_probe("camera", {"source": address.format("sari:rahasia"), "seconds": 1})
        bad = run_probe("camera", {"source": address.format("sari:keliru"), "seconds": 1})
    assert good.failure is None
    assert bad.failure == {
        "type": "failure",
        "code": "camera.unauthorized",
        "params": {"host": "127.0.0.1", "status": 401},
    }
    for probed, secret in ((good, b"rahasia"), (bad, b"keliru")):
        assert secret not in probed.raw + probed.complaints


def test_a_snapshot_is_the_owners_alone(tmp_path: Path) -> None:
    video = write_video(tmp_path / "room.avi", width=320, height=240, frames=10)
    target = tmp_path / "room.jpg"
    probed = run_probe("camera", {"source": str(video), "snapshot": str(target)})
    assert probed.failure is None
    picture = cv2.imread(str(target))
    assert picture is not None
    assert picture.shape == (240, 320, 3)
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_snapshot_that_cannot_be_written_leaves_the_readings(tmp_path: Path) -> None:
    video = write_video(tmp_path / "room.avi", frames=10)
    probed = run_probe("camera", {"source": str(video), "snapshot": str(tmp_path / "missing" / "room.jpg")})
    assert probed.code == "camera.snapshot_failed"
    assert not probed.readings["fps"]["partial"]
    assert run_probe("camera", {"source": str(video), "snapshot": str(tmp_path / "x.what")}).code == (
        "camera.snapshot_kind"
    )


def test_what_is_no_camera(tmp_path: Path) -> None:
    for name in ("notes.txt", "notes.mp4"):
        (tmp_path / name).write_text("no video\n" * 100)
    with running_camera() as camera:
        page = camera.url.replace("/video", "/")
        wrong = camera.url.replace("/video", "/no-such-path")
        expected = {
            page: "camera.not_video",
            wrong: "camera.http_status",
            str(tmp_path / "notes.txt"): "camera.not_video",
            str(tmp_path / "notes.mp4"): "camera.cannot_open",
            str(tmp_path / "none.mp4"): "camera.no_file",
            str(tmp_path): "camera.no_file",
            "gopher://camera/1": "camera.unknown_scheme",
            "http://127.0.0.1:1/video": "network.refused",
            "rtsp://127.0.0.1:1/video": "network.refused",
            "http://no-such-host.invalid/video": "network.dns",
            "http:///video": "camera.bad_url",
        }
        assert {source: run_probe("camera", {"source": source}).code for source in expected} == expected


@pytest.mark.skipif(not Path("/sys").exists() or bool(list(Path("/dev").glob("video*"))), reason="has a camera")
def test_a_machine_without_a_camera() -> None:
    assert run_probe("camera", {}).code == "camera.none"
    assert run_probe("camera", {"source": "/dev/video7"}).code == "camera.none"
    assert run_probe("camera", {"list": True}).lines == [{"type": "done", "devices": []}]


def test_a_library_that_complains_does_not_reach_the_lines(tmp_path: Path) -> None:
    """libjpeg writes to descriptor 2 whatever OpenCV's log level is."""
    video = write_video(tmp_path / "room.avi", width=320, height=240, frames=30)
    data = bytearray(video.read_bytes())
    for place in range(20_000, len(data) - 20_000, 9_000):
        data[place : place + 60] = os.urandom(60)
    (tmp_path / "damaged.avi").write_bytes(data)
    probed = run_probe("camera", {"source": str(tmp_path / "damaged.avi")})
    assert probed.complaints == b""
    assert probed.lines[-1]["type"] in ("done", "failure")


def test_everything_is_measured_of_a_good_stream() -> None:
    with running_camera(CameraScript(width=1280, height=720, fps=30)) as camera:
        probed = run_probe("camera", {"source": camera.url, "seconds": 5})
    assert probed.failure is None
    assert set(probed.readings) == {one.id for one in metrics_of("camera")} - {"white_card_chroma"}
    unseen = {metric: one["note"] for metric, one in probed.readings.items() if one["value"] is None}
    assert unseen == dict.fromkeys(["face_width_px", "face_headroom_pct", "face_luma", "backlight_ratio"], "no_face")
    assert probed.values["longest_freeze_ms"] == probed.values["truncated_frames_pct"] == 0
    assert probed.values["sharpness_sigma_px"] < 3.2
    assert probed.values["noise_sigma"] < 1.2


def test_frames_that_were_cut_off_on_the_way() -> None:
    with running_camera(CameraScript(width=640, height=360, fps=20, cut_every=5)) as camera:
        probed = run_probe("camera", {"source": camera.url, "seconds": 3})
    assert probed.values["truncated_frames_pct"] == pytest.approx(20, abs=6)
    assert probed.values["identical_frames_pct"] == 0


def test_a_person_in_a_file(tmp_path: Path) -> None:
    target = str(tmp_path / "room.avi")
    writer = cv2.VideoWriter(target, cv2.VideoWriter.fourcc(*"MJPG"), 10, (1280, 720))
    for frame, _at in frames_of(scenes("report")[0], FAULTS[0], LEVELS["report"][0], "report"):
        writer.write(frame)
    writer.release()
    probed = run_probe("camera", {"source": target})
    assert probed.values["faces_count"] == 1
    assert probed.values["face_width_px"] == pytest.approx(84, abs=10)
    assert 5 <= probed.values["face_headroom_pct"] <= 25
    assert probed.values["backlight_ratio"] < 1.5


def test_the_white_sheet_is_judged_where_it_is_held(tmp_path: Path) -> None:
    video = str(write_video(tmp_path / "room.avi", frames=20))
    assert "white_card_chroma" not in run_probe("camera", {"source": video}).readings
    held = run_probe("camera", {"source": video, "white_card": [0.51, 0.51, 0.52, 0.53]})
    assert held.values["white_card_chroma"] < 4
    missed = run_probe("camera", {"source": video, "white_card": True})
    assert missed.readings["white_card_chroma"]["note"] == "no_white_card"
    for wrong in ([0, 0, 1], [0, 0, 2, 1], [0.5, 0, 0.4, 1], ["a", 0, 1, 1]):
        assert run_probe("camera", {"source": video, "white_card": wrong}).code == "probe.bad_request"


def test_a_picture_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    giant = cv2.imencode(".jpg", np.zeros((6000, 8000), np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 20])[1].tobytes()
    (tmp_path / "giant.mjpeg").write_bytes(giant * 2)
    probed = run_probe("camera", {"source": str(tmp_path / "giant.mjpeg")})
    assert probed.failure is not None
    assert (probed.code, probed.failure["params"]["width"]) == ("camera.too_large", 8000)
    assert probed.readings == {}
