"""The real program: without a terminal, in a pseudo-terminal, ended from outside, and when it fails."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
HEAVY = ("pydantic", "sqlalchemy", "sqlmodel", "httpx", "yaml", "cv2", "alembic", "babel", "rich.markdown")


class Terminal:
    """The program in a pseudo-terminal of 100x30."""

    def __init__(self, home: Path, *arguments: str, code: str = "") -> None:
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.before = termios.tcgetattr(theirs)
        program = ["-c", code] if code else ["-m", "vcops"]
        self.errors = home.parent / "stderr"
        self.process = subprocess.Popen(
            [sys.executable, *program, "--home", str(home), "--lang", "en", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color"},
        )
        self.theirs = theirs
        self.text = ""

    def until(self, wanted: str, seconds: float = 30) -> str:
        """Read until the text is there; fail with what was seen."""
        deadline = time.monotonic() + seconds
        while wanted not in self.text:
            if time.monotonic() > deadline:
                pytest.fail(f"{wanted!r} was not drawn; seen: {self.text[-1500:]!r}")
            self._read(0.2)
        return self.text

    def end(self, seconds: float = 30) -> int:
        """Read until the program has ended; return its exit status."""
        deadline = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < deadline:
            self._read(0.1)
        self._read(0.1)
        assert self.process.poll() is not None, "it did not end"
        return self.process.returncode

    def clean(self) -> bool:
        """Whether the terminal is as it was: modes, main screen, visible cursor, no mouse reports."""
        left = self.text.rfind("\x1b[?1049l") > self.text.rfind("\x1b[?1049h")
        cursor = self.text.rfind("\x1b[?25h") > self.text.rfind("\x1b[?25l")
        mouse = self.text.rfind("\x1b[?1000l") > self.text.rfind("\x1b[?1000h")
        return left and cursor and mouse and termios.tcgetattr(self.theirs)[3] == self.before[3]

    def _read(self, seconds: float) -> None:
        while select.select([self.ours], [], [], seconds)[0]:
            try:
                self.text += os.read(self.ours, 65536).decode(errors="replace")
            except OSError:
                return
            seconds = 0

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.ours)
        os.close(self.theirs)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    (folder / "state").mkdir(parents=True)
    (folder / "state" / "remembered.json").write_text(json.dumps({"first_run": "skipped"}), encoding="utf-8")
    return folder


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for one in opened:
        one.close()


def test_without_a_terminal_one_sentence_names_the_commands_that_need_none(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vcops", "--home", str(home), "--lang", "en"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "need a terminal" in done.stderr
    assert "vcops meeting" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_opens_in_a_terminal_answers_and_quits(home: Path, terminals: list[Terminal]) -> None:
    terminal = Terminal(home)
    terminals.append(terminal)
    terminal.until("Nothing is planned")
    os.write(terminal.ours, b"7")
    terminal.until("Who works here")
    os.write(terminal.ours, b"\x11")
    assert terminal.end() == 0
    assert terminal.clean()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_and_leaves_the_terminal_clean(
    home: Path, terminals: list[Terminal], sign: signal.Signals
) -> None:
    terminal = Terminal(home)
    terminals.append(terminal)
    terminal.until("Nothing is planned")
    terminal.process.send_signal(sign)
    assert terminal.end() == 128 + sign
    assert terminal.clean()
    assert "Traceback" not in terminal.text


def test_a_crash_leaves_a_clean_terminal_one_sentence_and_a_traceback_in_the_log(
    home: Path, terminals: list[Terminal]
) -> None:
    crash = (
        "import sys\n"
        "from vcops.tui.app import VcopsApp\n"
        "VcopsApp.action_explain = lambda self: 1 / 0\n"
        "from vcops.cli.main import run\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    terminal = Terminal(home, code=crash)
    terminals.append(terminal)
    terminal.until("Nothing is planned")
    os.write(terminal.ours, b"?")
    assert terminal.end() == 1
    assert terminal.clean()
    after = terminal.text.rpartition("\x1b[?1049l")[2]
    assert "ended because of a fault" in after
    assert "Traceback" not in after
    log = (home / "state" / "vcops.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log


def test_a_key_for_an_unknown_command_is_named_with_the_nearest(home: Path, terminals: list[Terminal]) -> None:
    (home / "config.toml").write_text('[keys]\n"today.plam" = "x"\n', encoding="utf-8")
    terminal = Terminal(home)
    terminals.append(terminal)
    assert terminal.end() == 2
    assert "today.plam" in terminal.text
    assert "today.plan" in terminal.text


def test_the_example_is_marked_and_leaves_nothing_behind(
    home: Path, tmp_path: Path, terminals: list[Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    terminal = Terminal(home, "--demo")
    terminals.append(terminal)
    terminal.until("Rapat pengendalian")
    assert "EXAMPLE" in terminal.text
    assert list(temporary.iterdir())
    os.write(terminal.ours, b"\x11")
    assert terminal.end() == 0
    assert list(temporary.iterdir()) == []
    assert not (home / "vcops.db").exists()


def test_nothing_heavy_is_imported_before_the_rows_are_drawn(home: Path, example_folder: Path) -> None:
    program = f"""
import asyncio, json, sys
from vcops.operations.workplace import open_workplace
from vcops.settings import Options
from pathlib import Path
from vcops.tui.app import VcopsApp
async def main():
    app = VcopsApp(open_workplace(Options(home=Path({str(example_folder)!r}))))
    async with app.run_test() as pilot:
        for _ in range(200):
            await pilot.pause(0.01)
            if app.query("Table") and app.query_one("Table").lines:
                break
        print(json.dumps([len(app.query_one("Table").lines), [one for one in {HEAVY!r} if one in sys.modules]]))
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows, loaded = json.loads(done.stdout)
    assert rows > 4
    assert loaded == []


def test_the_table_of_commands_needs_no_textual() -> None:
    program = (
        "import sys; from vcops.tui.commands import all_commands, SHELL; "
        "from vcops.tui.commands import commands_of; commands_of('today'); commands_of('settings'); "
        "print('textual' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
