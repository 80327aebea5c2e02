"""The small pictures of the camera probe: as they are wished, no more than are taken, never in the measuring's way."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.lab.camera import CameraScript, running_camera
from tests.lab.probing import Probed, run_probe, watch_probe
from tests.lab.scenes import coded, scenes
from tests.lab.video import write_video
from vcops.domain.pictures import CheckPicture
from vcops.probes.camera.focus import quick_sigma
from vcops.probes.camera.luma import luma_copy
from vcops.probes.camera.preview import Wish, small_picture
from vcops.probes.camera.sharpness import edge_sigma
from vcops.probes.wire import Failure

WISH = {"width": 76, "height": 42, "fps": 15.0}
PERSON = scenes("report")[3]


def watched(source: str, answer: Any = lambda _number: WISH, pictures: int | None = None, **asked: Any) -> Probed:
    return watch_probe("camera", {"source": source, "seconds": 2, "preview": WISH, **asked}, answer, pictures)


def seen(line: dict[str, Any]) -> np.ndarray[Any, Any]:
    return np.frombuffer(b64decode(line["rgb"]), np.uint8).reshape(line["height"], line["width"], 3)


def test_pictures_come_beside_the_readings_of_a_camera() -> None:
    with running_camera(CameraScript(width=1280, height=720, fps=15, shown=coded(PERSON))) as camera:
        probed = watched(camera.url, seconds=5)
    assert probed.lines[-1] == {"type": "done"}
    assert not probed.complaints
    assert probed.values["frame_width_px"] == 1280
    assert len(probed.pictures) > 10
    last = CheckPicture.from_json(probed.pictures[-1])
    assert (last.width, last.height) == (75, 42)
    assert last.sigma is not None
    assert last.card is None
    (face,) = last.faces
    left, top, right, bottom = PERSON.person or (0, 0, 0, 0)
    assert left / 1280 <= face[0] < face[2] <= right / 1280
    assert top / 720 <= face[1] < face[3] <= bottom / 720


def test_the_picture_is_the_frame_made_small() -> None:
    with running_camera(CameraScript(width=1280, height=720, fps=15, shown=coded(PERSON))) as camera:
        probed = watched(camera.url, pictures=2)
    wanted = cv2.cvtColor(cv2.resize(PERSON.picture, (75, 42), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2RGB)
    assert np.abs(seen(probed.pictures[-1]).astype(int) - wanted).mean() < 6


@pytest.mark.parametrize(
    ("frame", "box", "expected"),
    [
        ((720, 1280), (76, 42), (75, 42)),
        ((480, 640), (76, 42), (56, 42)),
        ((1280, 720), (44, 24), (14, 24)),
        ((2, 900), (40, 40), (40, 1)),
    ],
)
def test_it_fits_and_keeps_its_sides_ratio(
    frame: tuple[int, int], box: tuple[int, int], expected: tuple[int, int]
) -> None:
    small = small_picture(np.zeros((*frame, 3), np.uint8), *box)
    assert (small.shape[1], small.shape[0]) == expected


def test_red_stays_red_and_grey_gets_colours() -> None:
    red = np.zeros((90, 160, 3), np.uint8)
    red[..., 2] = 200
    assert small_picture(red, 16, 16)[0, 0].tolist() == [200, 0, 0]
    assert small_picture(np.full((90, 160), 7, np.uint8), 16, 16)[0, 0].tolist() == [7, 7, 7]


def test_without_a_wish_there_are_none(tmp_path: Path) -> None:
    video = write_video(tmp_path / "room.avi", frames=50)
    assert run_probe("camera", {"source": str(video)}).pictures == []


def test_the_next_picture_waits_for_an_answer_and_the_measuring_does_not() -> None:
    with running_camera(CameraScript(width=640, height=360, fps=15)) as camera:
        probed = watched(camera.url, lambda _number: None)
    assert len(probed.pictures) == 1
    assert probed.readings["fps"]["samples"] >= 24
    assert not probed.readings["fps"]["partial"]


def test_an_answer_changes_the_wish_and_nonsense_leaves_it() -> None:
    said = {1: {"width": 20, "height": 20, "fps": 15}, 2: {"width": -1, "height": 20, "fps": 15}, 3: {}}
    with running_camera(CameraScript(width=640, height=360, fps=15)) as camera:
        probed = watched(camera.url, lambda number: said.get(number, {}))
    widths = [one["width"] for one in probed.pictures]
    assert widths[0] == 75
    assert set(widths[1:]) == {20}
    assert len(widths) > 4


def test_fewer_are_sent_where_fewer_are_wished() -> None:
    slow = WISH | {"fps": 1.0}
    with running_camera(CameraScript(width=640, height=360, fps=15)) as camera:
        probed = watched(camera.url, lambda _number: slow, preview=slow)
    assert len(probed.pictures) < probed.readings["fps"]["samples"] / 4


@pytest.mark.parametrize(
    "wish", [{"width": 1e9, "height": 2, "fps": 1}, {"width": 20}, {"width": 20, "height": 20, "fps": 0}, 7, "x"]
)
def test_a_wish_that_makes_no_sense(wish: Any) -> None:
    with pytest.raises(Failure, match=r"probe\.bad_request"):
        Wish.asked(wish)
    assert run_probe("camera", {"source": "0", "preview": wish}).code == "probe.bad_request"


def test_a_sheet_that_is_asked_for_meanwhile_is_measured() -> None:
    sheet = PERSON.picture.copy()
    sheet[252:468, 512:768] = (215, 215, 215)
    frame = cv2.imencode(".jpg", sheet)[1].tobytes()
    with running_camera(CameraScript(width=1280, height=720, fps=15, shown=(frame, *coded(PERSON, 1)))) as camera:
        without = watched(camera.url)
        probed = watched(camera.url, lambda number: WISH | {"card": number > 3}, seconds=3)
    assert "white_card_chroma" not in without.values
    assert probed.pictures[0]["card"] is None
    assert probed.pictures[-1]["card"] == [0.4, 0.35, 0.6, 0.65]
    assert any(one["chroma"] is not None and one["chroma"] < 4 for one in probed.pictures[5:])
    assert probed.readings["white_card_chroma"]["samples"] > 1


def test_the_quick_focus_follows_the_judged_one() -> None:
    for blur in (0, 2, 4, 8):
        frame = cv2.GaussianBlur(PERSON.picture, (0, 0), blur) if blur else PERSON.picture
        judged, quick = edge_sigma(luma_copy(frame)), quick_sigma(frame)
        assert quick == pytest.approx(judged, rel=0.25)
    assert quick_sigma(np.full((720, 1280, 3), 120, np.uint8)) is None
    assert quick_sigma(np.zeros((20, 20, 3), np.uint8)) is None


def test_looking_measures_nothing_and_ends_with_its_reader() -> None:
    with running_camera(CameraScript(width=1280, height=720, fps=15, shown=coded(PERSON))) as camera:
        probed = watched(camera.url, look=True, seconds=None, pictures=30)
    assert len(probed.pictures) == 30
    assert probed.readings == {}
    assert probed.status == 1
    told = [line["params"] for line in probed.lines if line.get("code") == "camera.looking"]
    assert (told[-1]["width"], told[-1]["height"], told[-1]["faces"]) == (1280, 720, 1)


def test_a_look_ends_by_itself_when_its_time_is_over() -> None:
    with running_camera(CameraScript(width=320, height=240, fps=15)) as camera:
        probed = watched(camera.url, look=True, seconds=1)
    assert probed.lines[-1] == {"type": "done"}


def test_a_film_is_looked_at_over_and_over(tmp_path: Path) -> None:
    video = write_video(tmp_path / "room.avi", width=160, height=120, frames=5, fps=25)
    probed = watched(str(video), look=True, seconds=None, pictures=20)
    assert len(probed.pictures) == 20


def test_a_camera_that_goes_away_while_one_looks() -> None:
    with running_camera(CameraScript(width=320, height=240, fps=15, stop_after=20)) as camera:
        probed = watched(camera.url, look=True, seconds=None)
    assert probed.code == "camera.stopped"
    with running_camera(CameraScript(width=320, height=240, fps=15, stop_after=0)) as camera:
        assert watched(camera.url, look=True, seconds=None).code in ("camera.no_frames", "camera.cannot_open")
