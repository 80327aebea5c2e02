"""Pictures as evidence: off by default, none with people where only empty rooms may be shown, gone after their days."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import cv2
import pytest

from tests.lab.clocks import SetClock
from tests.lab.scenes import scenes
from tests.lab.scenes_faults import FAULTS, LEVELS, frames_of
from tests.lab.video import write_video
from vcops.domain.checks import CheckDone, CheckResult
from vcops.domain.runs import Attempt
from vcops.errors import InvalidInput
from vcops.operations import databases, directory, journal, runs
from vcops.operations.checks import check, request_for_step
from vcops.operations.evidence import discard, expire, picture_file
from vcops.operations.workplace import Workplace
from vcops.store import runs as store_runs
from vcops.store import tables


def somebody(path: Path) -> Path:
    """A film of a room in which somebody sits."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (1280, 720))
    for frame, _at in frames_of(scenes("report")[0], FAULTS[0], LEVELS["report"][0], "report"):
        writer.write(frame)
    writer.release()
    return path


async def measured(workplace: Workplace, cameras: str) -> tuple[CheckResult, Attempt]:
    """Measure the camera step of a new room with these cameras and keep it."""
    room = directory.add_room(workplace, {"name": f"Ruang {len(directory.rooms(workplace))}", "camera": cameras})
    run = runs.start(workplace, "video-conference", room_id=room.id)
    request = request_for_step(workplace, run, runs.step_of(run, "camera"), room)
    async with aclosing(check(workplace, request, standard=run.standards["room-camera"])) as events:
        (result,) = [event.result async for event in events if isinstance(event, CheckDone)]
    kept = runs.keep_check(workplace, run.id, "camera", result).counting("camera")
    assert kept is not None
    return result, kept


def files(workplace: Workplace) -> list[Path]:
    return sorted(one for one in (workplace.places.data / "snapshots").rglob("*") if one.is_file())


async def test_no_picture_is_kept_unless_the_office_wants_it(workplace: Workplace, tmp_path: Path) -> None:
    video = write_video(tmp_path / "r.avi", frames=20)
    _result, attempt = await measured(workplace, str(video))
    assert (attempt.pictures, files(workplace)) == ((), [])


async def test_a_picture_is_recorded_with_its_digest(workplace: Workplace, tmp_path: Path) -> None:
    directory.set_office(workplace, {"snapshots": "selalu"})
    video = write_video(tmp_path / "r.avi", frames=20)
    _result, attempt = await measured(workplace, f"Depan = {video}; Pembicara = {video}")
    first, second = attempt.pictures
    assert {first.camera, second.camera} == {"Depan", "Pembicara"}
    for one in attempt.pictures:
        file = workplace.places.data / one.file
        assert hashlib.sha256(file.read_bytes()).hexdigest() == one.sha256
        assert one.sha256 in str(journal.entries(workplace))
        if os.name == "posix":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(("people", "kept"), [(False, 1), (True, 0)])
async def test_of_an_empty_room_only(workplace: Workplace, tmp_path: Path, people: bool, kept: int) -> None:
    directory.set_office(workplace, {"snapshots": "empty-room"})
    film = tmp_path / "r.avi"
    video = somebody(film) if people else write_video(film, width=1280, height=720, frames=40)
    _result, attempt = await measured(workplace, str(video))
    assert len(attempt.pictures) == len(files(workplace)) == kept


async def test_after_its_days_the_picture_goes_and_the_record_stays(
    workplace: Workplace, clock: SetClock, tmp_path: Path
) -> None:
    directory.set_office(workplace, {"snapshots": "always", "snapshot_days": "7"})
    video = write_video(tmp_path / "r.avi", frames=20)
    _result, attempt = await measured(workplace, str(video))
    assert expire(workplace) == 0
    assert len(files(workplace)) == 1
    later = clock.move(days=8)
    assert databases.tidy(workplace).pictures_deleted == 1
    assert files(workplace) == []
    (run_id,) = [one.id for one in runs.listing(workplace)]
    kept = runs.load(workplace, run_id).counting("camera")
    assert kept is not None
    (picture,) = kept.pictures
    assert (picture.sha256, picture.deleted_at) == (attempt.pictures[0].sha256, later)
    assert journal.verify(workplace).intact
    assert expire(workplace) == 0


def test_a_picture_that_no_record_knows_goes_too(workplace: Workplace) -> None:
    directory.set_office(workplace, {"name": "Kantor"})
    folder = picture_file(workplace).parent
    old, new = f"{'a' * 32}-2.jpg", f"{'b' * 32}.jpg"
    for name, age in ((old, 31), (new, 0), ("liburan.jpg", 31)):
        (folder / name).write_bytes(b"x")
        then = (folder / name).stat().st_mtime - age * 86400
        os.utime(folder / name, (then, then))
    assert expire(workplace) == 1
    assert [one.name for one in files(workplace)] == [new, "liburan.jpg"]


async def test_the_picture_of_a_check_that_is_not_kept_goes_at_once(workplace: Workplace, tmp_path: Path) -> None:
    directory.set_office(workplace, {"snapshots": "always"})
    result, _attempt = await measured(workplace, str(write_video(tmp_path / "r.avi", frames=20)))
    assert len(files(workplace)) == 1
    discard(workplace, result.pictures)
    assert files(workplace) == []


async def test_nothing_but_pictures_of_the_folder_is_deleted(
    workplace: Workplace, clock: SetClock, tmp_path: Path
) -> None:
    directory.set_office(workplace, {"snapshots": "always", "snapshot_days": "7"})
    video = write_video(tmp_path / "r.avi", frames=20)
    _result, attempt = await measured(workplace, str(video))
    other = tmp_path / "laporan.jpg"
    inside = Path(attempt.pictures[0].file)
    elsewhere = inside.parent.with_name("other") / inside.name
    (workplace.places.data / elsewhere).parent.mkdir()
    for name in (str(other), "snapshots/../laporan.jpg", str(inside.with_name("laporan.jpg")), str(elsewhere)):
        victim = workplace.places.data / name
        victim.write_bytes(b"x")
        with workplace.store.writing("test") as change:
            written = store_runs.write_pictures([replace(attempt.pictures[0], file=name)])
            change.update(tables.Attempt, attempt.id, {"pictures": written})
        clock.move(days=8)
        assert expire(workplace) == 0
        assert victim.exists()


async def test_what_another_machine_has_noted_as_gone_goes_here_too(workplace: Workplace, tmp_path: Path) -> None:
    directory.set_office(workplace, {"snapshots": "always", "snapshot_days": "7"})
    video = write_video(tmp_path / "r.avi", frames=20)
    _result, attempt = await measured(workplace, str(video))
    with workplace.store.writing("test") as change:
        noted = store_runs.write_pictures([replace(attempt.pictures[0], deleted_at=change.now)])
        change.update(tables.Attempt, attempt.id, {"pictures": noted})
    (file,) = files(workplace)
    then = file.stat().st_mtime - 8 * 86400
    os.utime(file, (then, then))
    assert expire(workplace) == 1
    assert files(workplace) == []


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("snapshots", "kadang", "form.snapshots"),
        ("snapshot_days", "0", "form.days"),
        ("snapshot_days", "x", "form.days"),
    ],
)
def test_what_cannot_be_set(workplace: Workplace, column: str, value: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        directory.set_office(workplace, {column: value})
    assert caught.value.code == code
