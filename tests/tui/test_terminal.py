"""The installed program in a real terminal of 80x24, in Indonesian: from the first start to the power cut."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from tests.lab.terminal import VCOPS, Terminal
from tests.tui.walks import PROCEDURE
from vcops import locale
from vcops.locale import _
from vcops.operations import directory, runs
from vcops.operations.workplace import Workplace, open_workplace
from vcops.settings import Options
from vcops.tui.places import PLACES

Start = Callable[..., Terminal]
QUIT = "\x11"
ESCAPE = "\x1b"
ENTER = "\r"
CURSOR = "24454c"
"""The background of the line under the cursor, in the colours one starts with."""
SHOWN = {
    "today": "Ruang +.*belum diperiksa",
    "prepare": "Ruang, tanpa rapat",
    "live": "Tidak ada rapat yang berlangsung",
    "meetings": "Belum ada rapat di sini",
    "tally": "Belum ada rapat yang selesai",
    "rooms": "Kursi",
    "settings": "Yang bertugas",
}
"""What stands in each place of an office with one room."""
SGR = re.compile(r"\x1b\[([0-9;]*)m")
COLOUR = re.compile(r"(?<![0-9])(?:[34]8;2;\d+;\d+;\d+|[34]8;5;\d+|(?:3|4|9|10)[0-7])(?![0-9])")
GREY = re.compile(r"[34]8;2;(\d+);(\d+);(\d+)")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "office"


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Start the program; the words are its environment."""
    opened: list[Terminal] = []

    def starting(**environment: str) -> Terminal:
        opened.append(Terminal([VCOPS, "--home", home], environment={"VCOPS_LANG": "id", **environment}))
        return opened[-1]

    yield starting
    for one in opened:
        one.close()


@pytest.fixture
def known(home: Path) -> Iterator[Workplace]:
    """The same files, with a room and a short procedure."""
    workplace = open_workplace(Options(home=home, who="Sari", language="id"))
    workplace.memory.keep(first_run="skipped")
    workplace.handbook_folder.mkdir(parents=True)
    (workplace.handbook_folder / "short.yaml").write_text(PROCEDURE, encoding="utf-8")
    directory.add_room(workplace, {"name": "Ruang Utama"})
    yield workplace
    workplace.close()


def test_the_first_start_asks_and_skipping_leaves_keys_to_press(start: Start) -> None:
    terminal = start()
    terminal.see("(?s)Selamat datang di vcops.*Ruang pertama")
    terminal.send(ESCAPE)
    seen = terminal.see("Belum ada rapat yang direncanakan")
    assert re.search(r"\bn +Rencanakan rapat", seen.text)
    assert "Selamat datang" not in seen.text
    assert re.search(r"\bn Rencana", seen.lines[-1])


def test_digits_reach_every_place(start: Start, known: Workplace) -> None:
    locale.use("id")
    terminal = start()
    terminal.see("Ruang Utama")
    for place in (*PLACES[1:], PLACES[0]):
        terminal.send(place.digit)
        terminal.see(f"(?s)vcops  {_(place.title)} .*{SHOWN[place.id]}.*Bantuan")
    terminal.send(QUIT)
    assert terminal.end() == 0


def test_quitting_leaves_the_terminal_as_it_was(start: Start, known: Workplace) -> None:
    terminal = start()
    terminal.see("Ruang Utama")
    assert "alternate screen" in terminal.left_behind()
    assert "hidden cursor" in terminal.left_behind()
    terminal.send(QUIT)
    assert terminal.end() == 0
    assert terminal.left_behind() == []
    assert "Traceback" not in terminal.raw


def test_the_systems_wish_to_end_leaves_it_so_too(start: Start, known: Workplace) -> None:
    terminal = start()
    terminal.see("Ruang Utama")
    terminal.terminate()
    assert terminal.end() == 128 + signal.SIGTERM
    assert terminal.left_behind() == []
    assert "Traceback" not in terminal.raw


def test_no_color_leaves_only_greys(start: Start, known: Workplace) -> None:
    coloured, grey = start(), start(NO_COLOR="1")
    for terminal in (coloured, grey):
        terminal.see("Ruang Utama")
        terminal.send("2")
        terminal.see("Ruang, tanpa rapat")
    assert _hues(coloured.raw)
    assert not _hues(grey.raw)


def _hues(raw: str) -> set[str]:
    """Return the colours that were drawn: those with a name or a number, and mixed ones that are not grey."""
    asked = [parts for sequence in SGR.findall(raw) for parts in COLOUR.findall(sequence)]
    return {one for one in asked if not (grey := GREY.fullmatch(one)) or len(set(grey.groups())) > 1}


def test_without_a_terminal_it_says_one_sentence_and_starts_nothing(home: Path) -> None:
    done = subprocess.run(
        [VCOPS, "--home", home],
        stdin=subprocess.DEVNULL,
        env={**os.environ, "VCOPS_LANG": "id"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("vcops: ")
    assert len(done.stderr.splitlines()) == 1
    assert not home.exists()


def test_a_walk_goes_on_after_a_power_cut(start: Start, known: Workplace) -> None:
    first = start()
    first.see("Ruang Utama")
    first.send("2")
    first.see("Ruang, tanpa rapat")
    first.send(ENTER)
    first.see("Nyalakan semua")
    first.send(ENTER)
    first.see("✓ Periksa daya")
    first.kill()

    again = start()
    again.see("Ruang Utama")
    again.send("2")
    again.see("1 dari 5 langkah")
    again.send(ENTER)
    again.see("✓ Periksa daya")
    again.read_until_still()
    assert "Ukur kamera" in again.view().row_on(CURSOR)
    (line,) = runs.listing(known)
    run = runs.load(known, line.id)
    assert run.standing("power").opens
    assert not run.standing("camera").opens
