"""Files attached to a step: kept by their digest, and missed when they change or go."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.operations.test_runs import write_small
from vcops.domain.files import FileState
from vcops.domain.runs import Outcome
from vcops.errors import InvalidInput
from vcops.operations import runs
from vcops.operations.attachments import attach, states_of
from vcops.operations.workplace import Workplace
from vcops.wording.attachments import attachment_words, size_words


@pytest.fixture
def place(any_workplace: Workplace) -> Workplace:
    write_small(any_workplace.places.data)
    return any_workplace


def files(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_bytes(name.encode() * 100)
    return [folder / name for name in names]


def test_several_files_are_kept_with_one_answer(place: Workplace, tmp_path: Path) -> None:
    pictures = files(tmp_path, "depan.jpg", "belakang.jpg")
    run = runs.answer(place, runs.start(place, "small").id, "power", Outcome.DONE, files=pictures, by="Budi")
    found = run.attached("power")
    assert [Path(one.path).name for one in found] == ["depan.jpg", "belakang.jpg"]
    assert [one.sha256 for one in found] == [hashlib.sha256(one.read_bytes()).hexdigest() for one in pictures]
    assert [one.size for one in found] == [900, 1200]
    assert {one.by for one in found} == {run.counting("power").by} == {"Budi"}
    assert set(states_of(run).values()) == {FileState.SAME}


def test_what_changed_and_what_went_is_told(place: Workplace, tmp_path: Path) -> None:
    same, changed, longer, gone = files(tmp_path, "a.jpg", "b.jpg", "c.jpg", "d.jpg")
    run = attach(place, runs.start(place, "small").id, "photo", [same, changed, longer, gone])
    changed.write_bytes(b"X" * 500)
    longer.write_bytes(b"longer" * 1000)
    gone.unlink()
    states = [states_of(run)[one.id] for one in run.attached("photo")]
    assert states == [FileState.SAME, FileState.CHANGED, FileState.CHANGED, FileState.GONE]
    assert [attachment_words(one, state) for one, state in zip(run.attachments, states, strict=True)] == [
        "+ a.jpg, 500 bytes",
        "! b.jpg, 500 bytes: changed since",
        "! c.jpg, 500 bytes: changed since",
        "! d.jpg, 500 bytes: not there any more",
    ]


def test_the_same_file_is_attached_once_and_its_new_content_anew(place: Workplace, tmp_path: Path) -> None:
    (picture,) = files(tmp_path, "ruang.jpg")
    run = runs.start(place, "small")
    for _time in range(2):
        attach(place, run.id, "photo", [picture, picture])
    assert len(runs.load(place, run.id).attachments) == 1
    picture.write_bytes(b"another picture")
    assert len(attach(place, run.id, "photo", [picture]).attachments) == 2


def test_evidence_may_come_after_the_run_is_closed(place: Workplace, tmp_path: Path) -> None:
    run = runs.start(place, "small")
    for step, value in (("power", ""), ("display", "2"), ("photo", ""), ("rating", "5"), ("mood", "1")):
        runs.answer(place, run.id, step, Outcome.DONE, value=value)
    runs.answer(place, run.id, "camera", Outcome.FAILED, reason="rusak")
    runs.decide(place, run.id, "go", override=True, reason="cadangan siap")
    assert runs.decide(place, run.id, "done").closed_at is not None
    after = attach(place, run.id, "photo", files(tmp_path, "rapat.jpg"))
    assert (len(after.attachments), after.closed_at is not None) == (1, True)


@pytest.mark.parametrize("name", ["nowhere.jpg", "."])
def test_what_cannot_be_read_is_not_attached(place: Workplace, tmp_path: Path, name: str) -> None:
    run = runs.start(place, "small")
    with pytest.raises(InvalidInput) as caught:
        runs.answer(place, run.id, "power", Outcome.DONE, files=[tmp_path / name])
    assert caught.value.code == "run.attachment_missing"
    found = runs.load(place, run.id)
    assert found.attempts == found.attachments == ()


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (9_960, "10 kB"), (999_499, "999 kB"),
     (999_500, "1.0 MB"), (1_234_567, "1.2 MB"), (25_000_000_000, "25 GB")],
)  # fmt: skip
def test_sizes_are_said_by_thousands(size: int, said: str) -> None:
    assert size_words(size) == said
