"""The real program: without a terminal, in a pseudo-terminal, ended from outside, and when it fails."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lab.terminal import Terminal, stripped

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
HEAVY = (
    "pydantic", "sqlalchemy", "sqlmodel", "httpx", "yaml", "cv2", "alembic", "babel", "rich.markdown", "typst",
)  # fmt: skip


def opened(home: Path, *arguments: str, code: str = "") -> Terminal:
    """Start the program, or `code` in its place, in a terminal of 100x30."""
    program = ["-c", code] if code else ["-m", "vcops"]
    return Terminal([sys.executable, *program, "--home", home, "--lang", "en", *arguments], columns=100, rows=30)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    (folder / "state").mkdir(parents=True)
    (folder / "state" / "remembered.json").write_text(json.dumps({"first_run": "skipped"}), encoding="utf-8")
    return folder


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


def test_it_opens_in_a_terminal_answers_and_quits(home: Path) -> None:
    with opened(home) as terminal:
        terminal.see("Nothing is planned")
        terminal.send("7")
        terminal.see("Who works here")
        terminal.send("\x11")
        assert terminal.end() == 0
        assert terminal.left_behind() == []


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_and_leaves_the_terminal_clean(home: Path, sign: signal.Signals) -> None:
    with opened(home) as terminal:
        terminal.see("Nothing is planned")
        terminal.process.send_signal(sign)
        assert terminal.end() == 128 + sign
        assert terminal.left_behind() == []
        assert "Traceback" not in terminal.raw


def test_a_crash_leaves_a_clean_terminal_one_sentence_and_a_traceback_in_the_log(home: Path) -> None:
    crash = (
        "import sys\n"
        "from vcops.tui.app import VcopsApp\n"
        "VcopsApp.action_explain = lambda self: 1 / 0\n"
        "from vcops.cli.main import run\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    with opened(home, code=crash) as terminal:
        terminal.see("Nothing is planned")
        terminal.send("?")
        assert terminal.end() == 1
        assert terminal.left_behind() == []
        after = terminal.raw.rpartition("\x1b[?1049l")[2]
        assert "ended because of a fault" in after
        assert "Traceback" not in after
        log = (home / "state" / "vcops.log").read_text(encoding="utf-8")
        assert "ZeroDivisionError" in log


def test_a_key_for_an_unknown_command_is_named_with_the_nearest(home: Path) -> None:
    (home / "config.toml").write_text('[keys]\n"today.plam" = "x"\n', encoding="utf-8")
    with opened(home) as terminal:
        assert terminal.end() == 2
        assert "today.plam" in stripped(terminal.raw)
        assert "today.plan" in stripped(terminal.raw)


def test_the_example_is_marked_and_leaves_nothing_behind(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with opened(home, "--demo") as terminal:
        terminal.see("Rapat pengendalian")
        assert "EXAMPLE" in stripped(terminal.raw)
        assert list(temporary.iterdir())
        terminal.send("\x11")
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
