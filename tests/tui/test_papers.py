"""Printing from the screen: the record of a meeting, of handing over kit, of a walk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.reading import said_by
from tests.tui.harness import opened, press, settled, text_on
from vcops.operations import runs
from vcops.operations.workplace import Workplace


@pytest.mark.parametrize(("key", "name", "title"), [
    ("b", "berita-acara", "BERITA ACARA PELAKSANAAN RAPAT VIRTUAL"),
    ("h", "bast", "BERITA ACARA SERAH TERIMA PERANGKAT"),
])  # fmt: skip
@pytest.mark.parametrize("details", [False, True])
async def test_a_meeting_is_printed_from_its_line_and_its_sheet(
    example: Workplace, key: str, name: str, title: str, details: bool
) -> None:
    async with opened(example, (100, 30), "id") as (app, pilot):
        await press(pilot, "4", *(["enter"] if details else []), key)
        assert name in text_on(app)
        await press(pilot, "enter")
        (file,) = Path.home().glob(f"{name}-*.pdf")
        assert "Ditulis" in text_on(app)
    assert title in said_by(file.read_bytes())


async def test_a_walk_is_printed(example: Workplace) -> None:
    run = runs.listing(example)[0]
    async with opened(example, (100, 30), "id") as (app, pilot):
        app.go("prepare", f"run:{run.id}")
        await settled(pilot)
        await press(pilot, "b", "enter")
        assert "Ditulis" in text_on(app)
    (file,) = Path.home().glob("pemeriksaan-*.pdf")
    assert run.id[-8:] in said_by(file.read_bytes())


async def test_a_file_that_is_there_is_written_over_only_when_told_to(example: Workplace) -> None:
    async with opened(example, (100, 30)) as (app, pilot):
        await press(pilot, "4", "b", "enter")
        (file,) = Path.home().glob("berita-acara-*.pdf")
        file.write_bytes(b"mine")
        await press(pilot, "b", "enter")
        assert "Write over it?" in text_on(app)
        await press(pilot, "n")
        assert file.read_bytes() == b"mine"
        await press(pilot, "enter", "y")
        assert file.read_bytes().startswith(b"%PDF")
