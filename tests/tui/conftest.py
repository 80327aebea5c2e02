"""The example office, furnished once a process and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.lab.clocks import SetClock
from vcops.operations.demo import furnish
from vcops.operations.workplace import Workplace, open_workplace
from vcops.settings import Options


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--snapshot-update` draws the pictures anew instead of comparing."""
    parser.addoption("--snapshot-update", action="store_true", help="write the screens' snapshots instead of comparing")


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example's database."""
    folder = tmp_path_factory.mktemp("example")
    workplace = open_workplace(Options(home=folder, who="Operator A", language="id"), SetClock(MORNING))
    furnish(workplace)
    workplace.close()
    return folder


MORNING = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)
"""Monday 23 November 2026, 10.15 WIB: some meetings are over, one runs."""


@pytest.fixture
def example(example_folder: Path, clock: SetClock) -> Iterator[Workplace]:
    """A workplace on a copy of the example, on the morning it was furnished."""
    clock.now = MORNING
    folder = Path.home() / "example"
    shutil.copytree(example_folder, folder)
    workplace = open_workplace(Options(home=folder, who="Operator A", demo=True), clock)
    yield workplace
    workplace.close()


@pytest.fixture
def empty_office(open_place: Callable[..., Workplace]) -> Workplace:
    """A workplace on which nothing was ever entered, its first-run form skipped."""
    workplace = open_place()
    workplace.memory.keep(first_run="skipped")
    return workplace
