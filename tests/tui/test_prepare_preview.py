"""Prepare: what the camera sees while it is measured, and looking through it without measuring."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lab.camera import CameraScript, RunningCamera, running_camera
from tests.lab.scenes import coded, scenes
from tests.tui.harness import opened, press, text_on
from tests.tui.previews import a_good_terminal
from tests.tui.walks import children, furnished, nothing_stored, the_run, until, walking
from vcops.domain.runs import Attempt
from vcops.operations.workplace import Workplace

ROOM = CameraScript(width=1280, height=720, fps=15, shown=coded(scenes("report")[3]))
SIZES = [(80, 24), (120, 40), (160, 50)]


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A good local terminal, wherever the tests run."""
    a_good_terminal(monkeypatch)


@pytest.fixture
def camera() -> Iterator[RunningCamera]:
    with running_camera(ROOM) as running:
        yield running


def picture_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if "▀▀▀" in line]


def sheet_of(attempt: Attempt) -> str | None:
    """Return what an attempt says of a white sheet that nobody held."""
    (found,) = [one for one in attempt.readings if one.metric == "white_card_chroma"]
    assert found.value is None
    return found.note


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_camera_that_is_measured_is_seen(
    workplace: Workplace, camera: RunningCamera, size: tuple[int, int]
) -> None:
    meeting_id = furnished(workplace, camera=camera.url)
    async with opened(workplace, size) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "enter")
        await until(pilot, lambda: place.check and place.check.fraction and place.check.sight.picture.faces)  # type: ignore[union-attr]
        await until(pilot, lambda: "measuring: 1280x720" in text_on(app))
        await until(pilot, lambda: len(picture_lines(text_on(app))) == place.view.viewfinder.picture.size.height)
        shown = text_on(app)
        picture = place.view.viewfinder.picture
        assert place.check is not None
        assert place.check.sight is not None
        seen = place.check.sight.picture
        assert seen is not None
        assert seen.width == picture.size.width or seen.height == 2 * picture.size.height
        assert seen.width / seen.height == pytest.approx(16 / 9, rel=0.05)
        assert all(line.count("▀") == seen.width for line in picture_lines(shown))
        assert [strip.cell_length for strip in picture.render_lines(picture.size.region)] == (
            [picture.size.width] * picture.size.height
        )
        lines = shown.splitlines()
        below = max(at for at, line in enumerate(lines) if "▀▀▀" in line) + 1
        assert "Focus" in lines[below]
        assert "━" in lines[below]
        assert "sharp" in lines[below]
        assert "Faces" in lines[below + 1]
        assert "○ Check power" in shown
        assert "Cancel the check" in lines[-1]
        await until(pilot, lambda: place.check is None)
        after = text_on(app)
        run = await the_run(app)
    assert not picture_lines(after)
    assert "Enter Readings" in after
    attempt = run.counting("camera")
    assert attempt is not None
    assert {one.metric for one in attempt.readings} >= {"sharpness_sigma_px", "faces_count"}
    assert sheet_of(attempt) == "not_measured"


async def test_looking_through_a_camera_stores_nothing_and_escape_ends_it(
    workplace: Workplace, camera: RunningCamera
) -> None:
    meeting_id = furnished(workplace, camera=camera.url)
    async with opened(workplace, (80, 24)) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        assert "v Look" in text_on(app)
        await press(pilot, "v")
        await until(pilot, lambda: place.look and place.look.best and "fps, faces: 1" in text_on(app))
        shown = text_on(app)
        assert len(picture_lines(shown)) == place.view.viewfinder.picture.size.height
        assert "Enter measure   w white sheet   Esc close" in shown
        assert "Top of the head: between the edge marks." in shown
        assert "v Look" not in shown
        await press(pilot, "escape")
        await until(pilot, lambda: place.look is None and not children())
        after = text_on(app)
        assert await nothing_stored(app)
    assert not picture_lines(after)
    assert "v Look" in after


async def test_the_key_goes_round_the_cameras_of_a_room(workplace: Workplace, camera: RunningCamera) -> None:
    with running_camera(CameraScript(width=640, height=360, fps=15)) as second:
        meeting_id = furnished(workplace, camera=f"Depan = {camera.url}; Pembicara = {second.url}")
        async with opened(workplace, (80, 24)) as (app, pilot):
            place = await walking(app, pilot, meeting_id, "camera")
            for seen in ("Depan 1/2, v next", "Pembicara 2/2, v next", "Depan 1/2, v next"):
                await press(pilot, "v")
                await until(pilot, lambda seen=seen: seen in text_on(app) and picture_lines(text_on(app)))
            assert "Esc close" in text_on(app)
            await press(pilot, "escape")
            await until(pilot, lambda: place.look is None and not children())
            assert await nothing_stored(app)


async def test_enter_measures_what_one_has_looked_at_with_the_sheet(
    workplace: Workplace, camera: RunningCamera
) -> None:
    meeting_id = furnished(workplace, camera=camera.url)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        for tries in (1, 2):
            await press(pilot, "v")
            await until(pilot, lambda: place.look and place.look.picture)
            await press(pilot, "w")
            await until(pilot, lambda: place.look and place.look.picture and place.look.picture.card)
            await until(pilot, lambda: "Hold a white sheet into the box." in text_on(app))
            await press(pilot, "enter")
            assert place.check is not None
            at_once: set[int] = set()

            def watched(at_once: set[int] = at_once) -> bool:
                at_once.add(len(children()))
                return place.check is None

            await until(pilot, watched)
            assert at_once <= {0, 1}, "the look lets go of the camera before the check takes it"
            assert 1 in at_once
            assert place.look is None
            run = await the_run(app)
            assert len(run.tried("camera")) == tries
    assert sheet_of(run.tried("camera")[-1]) == "no_white_card"


async def test_a_sheet_can_be_asked_for_while_it_is_measured(workplace: Workplace, camera: RunningCamera) -> None:
    meeting_id = furnished(workplace, camera=camera.url)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "w", "enter")
        await until(pilot, lambda: place.check and place.check.sight and place.check.sight.picture)
        assert place.check is not None
        assert place.check.sight is not None
        assert place.check.sight.picture is not None
        assert place.check.sight.picture.card is None
        await press(pilot, "w", "w")
        assert place.check.sight.preview.card
        await until(pilot, lambda: place.check is None)
        run = await the_run(app)
    assert sheet_of(run.tried("camera")[-1]) == "no_white_card"


@pytest.mark.parametrize("keys", [("j",), ("left",), ("1",), ("s", "1")])
async def test_whoever_looks_elsewhere_lets_go_of_the_camera(
    workplace: Workplace, camera: RunningCamera, keys: tuple[str, ...]
) -> None:
    meeting_id = furnished(workplace, camera=camera.url)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "v")
        await until(pilot, lambda: place.look and place.look.picture)
        await press(pilot, *keys)
        await until(pilot, lambda: place.look is None and not children())
        assert not picture_lines(text_on(app))


async def test_a_check_that_nobody_sees_gets_few_pictures(workplace: Workplace, camera: RunningCamera) -> None:
    meeting_id = furnished(workplace, camera=camera.url)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "enter")
        await until(pilot, lambda: place.check and place.check.sight and place.check.sight.picture)
        assert place.check is not None
        sight = place.check.sight
        assert sight is not None
        assert sight.preview.fps == 15
        await press(pilot, "1")
        await until(pilot, lambda: sight.preview.fps == 1)
        drawn = dict(place.view.viewfinder.picture._lines)
        before = sight.picture
        await until(pilot, lambda: sight.picture is not before or place.check is None)
        assert place.view.viewfinder.picture._lines == drawn
        await until(pilot, lambda: place.check is None)


async def test_a_look_that_fails_says_why(workplace: Workplace) -> None:
    meeting_id = furnished(workplace, camera="/nowhere/film.avi")
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "v")
        await until(pilot, lambda: place.look is None)
        await until(pilot, lambda: "/nowhere/film.avi" in text_on(app))
        assert await nothing_stored(app)
        assert not picture_lines(text_on(app))


async def test_a_room_without_a_camera_is_asked_for_one(workplace: Workplace, camera: RunningCamera) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "v")
        app.screen.query_one("#field-value").value = camera.url  # type: ignore[attr-defined]
        await press(pilot, "enter")
        await until(pilot, lambda: place.look and place.look.picture)
        await press(pilot, "v", "escape")
        await until(pilot, lambda: place.look is None and not children())


async def test_another_measurement_keeps_the_camera_closed(workplace: Workplace, camera: RunningCamera) -> None:
    meeting_id = furnished(workplace, camera=camera.url)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "enter")
        await until(pilot, lambda: place.check and place.check.found)
        place.action_look()
        await pilot.pause()
        assert place.look is None
        await press(pilot, "x")
        await until(pilot, lambda: place.check is None)


async def test_the_window_may_change_while_one_looks(workplace: Workplace, camera: RunningCamera) -> None:
    meeting_id = furnished(workplace, camera=camera.url)
    async with opened(workplace, (120, 40)) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "v")
        await until(pilot, lambda: picture_lines(text_on(app)))
        wide = max(line.count("▀") for line in picture_lines(text_on(app)))
        await pilot.resize_terminal(80, 24)
        await until(
            pilot, lambda: picture_lines(text_on(app)) and 20 < picture_lines(text_on(app))[0].count("▀") < wide
        )
        await until(pilot, lambda: len(picture_lines(text_on(app))) == place.view.viewfinder.picture.size.height)
        assert "Focus" in text_on(app)
        await press(pilot, "escape")


async def test_without_colours_it_is_light_and_dark_and_says_so(
    workplace: Workplace, camera: RunningCamera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    meeting_id = furnished(workplace, camera=camera.url)
    async with opened(workplace, (80, 24)) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "v")
        await until(pilot, lambda: place.look and place.look.picture and place.look.picture.faces)
        await until(pilot, lambda: "┌" in text_on(app))
        shown = text_on(app)
        await press(pilot, "escape")
    assert not picture_lines(shown)
    assert sum(any(shade in line for shade in "░▒▓█") for line in shown.splitlines()) >= 8
    assert all(corner in shown for corner in "┐└┘")
    assert "Without colours: light and dark alone." in shown


async def test_over_ssh_there_are_fewer_pictures(
    workplace: Workplace, camera: RunningCamera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    meeting_id = furnished(workplace, camera=camera.url)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "v")
        await until(pilot, lambda: place.look and place.look.picture and picture_lines(text_on(app)))
        assert place.look is not None
        assert place.look.preview.fps == 5
        colours = {
            style.color.triplet
            for strip in place.view.viewfinder.picture._lines.values()
            for _text, style, _control in strip[1]
            if style is not None and style.color is not None and style.color.triplet is not None
        }
        await press(pilot, "escape")
    assert all(channel % 17 == 0 for one in colours for channel in one)


async def test_a_toast_may_lie_over_the_picture(workplace: Workplace, camera: RunningCamera) -> None:
    meeting_id = furnished(workplace, camera=camera.url)
    async with opened(workplace, (80, 24)) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        await press(pilot, "v")
        await until(pilot, lambda: picture_lines(text_on(app)))
        app.say("A toast over the picture")
        await until(pilot, lambda: "A toast over the picture" in text_on(app))
        number = place.look.picture if place.look else None
        await until(pilot, lambda: place.look and place.look.picture is not number)
        assert picture_lines(text_on(app))
        await press(pilot, "escape")
