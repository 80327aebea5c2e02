"""The camera's preview in a real terminal of 80x24: colours where there are some, shades where there are none."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import psutil
import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from tests.lab.camera import CameraScript, running_camera
from tests.lab.scenes import coded, scenes
from tests.lab.terminal import VCOPS, Terminal
from tests.tui.walks import furnished
from vcops.operations.workplace import Workplace, open_workplace
from vcops.settings import Options

ROOM = CameraScript(width=1280, height=720, fps=15, shown=coded(scenes("report")[3]))
SHADES = "░▒▓█"
HERE = {"SSH_CONNECTION": "", "SSH_TTY": ""}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "office"


def looking(home: Path, camera: str, **environment: str) -> Terminal:
    """Open the walk of the room in a terminal and look through its camera."""
    workplace: Workplace = open_workplace(Options(home=home, who="Sari", language="en"))
    furnished(workplace, camera=camera)
    workplace.close()
    terminal = Terminal([VCOPS, "--home", home, "--lang", "en"], environment={**HERE, **environment})
    terminal.see("Today")
    for key, seen in (("2", "A room without"), ("G", ""), ("\r", "Check power"), ("j", "v Look"), ("v", "faces: 1")):
        terminal.send(key)
        terminal.see(seen)
    terminal.see(r"(?s)(▀▀▀|[░▒▓█]{3}).*Focus .*sharp")
    return terminal


@pytest.mark.parametrize(
    ("environment", "colour"),
    [({}, r"\x1b\[38;2;"), ({"COLORTERM": ""}, r"\x1b\[38;5;"), ({"SSH_TTY": "/dev/pts/9"}, r"\x1b\[38;2;")],
)
def test_it_is_drawn_keys_answer_and_nothing_is_left(home: Path, environment: dict[str, str], colour: str) -> None:
    with running_camera(ROOM) as camera, looking(home, camera.url, **environment) as terminal:
        lines = [line for line in terminal.view().lines if "▀▀▀" in line]
        assert len(lines) >= 11
        assert len({line.count("▀") for line in lines}) == 1
        assert re.search(colour + r"[0-9;]+m▀", terminal.raw)
        probes = psutil.Process(terminal.process.pid).children(recursive=True)
        assert probes
        terminal.send("w")
        terminal.see("Hold a white sheet into the box.")
        terminal.send("\x1b")
        terminal.see("v Look")
        _gone, alive = psutil.wait_procs(probes, timeout=20)
        assert alive == []
        terminal.read_until_still()
        assert not [line for line in terminal.view().lines if "▀▀▀" in line]
        terminal.send("\x11")
        assert terminal.end() == 0
        assert terminal.left_behind() == []
        assert "Traceback" not in terminal.raw


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"COLORTERM": "", "TERM": "xterm-16color"}])
def test_without_colours_it_is_light_and_dark(home: Path, environment: dict[str, str]) -> None:
    with running_camera(ROOM) as camera, looking(home, camera.url, **environment) as terminal:
        view = terminal.see("Without colours")
        assert "▀▀▀" not in view.text
        assert sum(any(shade in line for shade in SHADES) for line in view.lines) >= 8


@pytest.mark.parametrize("end", ["quit", "kill", "terminate"])
def test_the_end_of_the_program_is_the_end_of_its_look(home: Path, end: str) -> None:
    with running_camera(ROOM) as camera, looking(home, camera.url) as terminal:
        probes = psutil.Process(terminal.process.pid).children(recursive=True)
        assert probes
        if end == "quit":
            terminal.send("\x11")
            terminal.end()
        elif end == "kill":
            terminal.kill()
        else:
            terminal.terminate()
            terminal.end()
        _gone, alive = psutil.wait_procs(probes, timeout=20)
        assert alive == []
