"""A terminal that goes away under the program: nothing waits for it, and the program ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from tests.lab.terminal import VCOPS
from vcops.tui.lasting import Lasting

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")


def test_what_is_written_to_a_lost_terminal_holds_nobody_up() -> None:
    ours, its = os.openpty()
    told: list[str] = []
    file = os.fdopen(its, "w", encoding="utf-8")
    thread = WriterThread(Lasting(file, lambda: told.append("gone")))  # type: ignore[arg-type]
    thread.start()
    thread.write("there\n")
    assert os.read(ours, 100).strip() == b"there"
    os.close(ours)
    for _time in range(2 * MAX_QUEUED_WRITES):
        thread.write("nobody reads this\n")
    thread.stop()
    with suppress(OSError):  # it tries once more to write what it holds
        file.close()
    assert told == ["gone"]


def test_the_program_ends_where_its_terminal_is_lost_and_no_signal_comes(tmp_path: Path) -> None:
    """Its clock is drawn anew each minute at the latest; here keys do it sooner."""
    ours, its = os.openpty()
    os.set_blocking(ours, False)
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    words = [str(VCOPS), "--home", str(tmp_path / "office"), "--lang", "en"]
    process = subprocess.Popen(words, stdin=its, stdout=its, stderr=its, env=environment)
    os.close(its)
    try:
        _read_until(ours, b"Commands")
        os.write(ours, b"2345" * 8)
        _read_until(ours, b"Rooms")
        os.close(ours)
        assert process.wait(timeout=90) > 128
    finally:
        process.kill()
        process.wait()


def _read_until(terminal: int, text: bytes) -> None:
    seen = b""
    give_up = time.monotonic() + 60
    while text not in seen:
        assert time.monotonic() < give_up, seen[-2000:]
        try:
            seen += os.read(terminal, 65536)
        except BlockingIOError:
            time.sleep(0.01)
