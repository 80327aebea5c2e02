"""What every probe has in common: one request in, one JSON object a line out, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.lab.probing import run_probe
from tests.lab.silent import silent_source


@pytest.mark.parametrize("text", [b"", b"\n", b"not json\n", b"[1, 2]\n", b'"camera"\n'])
def test_a_request_that_is_none(text: bytes) -> None:
    probed = run_probe("camera", None, text=text)
    assert (probed.code, probed.status) == ("probe.bad_request", 3)


def test_a_probe_that_there_is_not() -> None:
    probed = run_probe("telescope", {})
    assert probed.failure == {"type": "failure", "code": "probe.unknown", "params": {"name": "telescope"}}


def test_a_value_of_the_wrong_type_is_told_without_its_text() -> None:
    probed = run_probe("camera", {"source": "x", "seconds": "rahasia"})
    assert (probed.code, probed.status) == ("probe.broken", 70)
    assert b"rahasia" not in probed.raw


def test_only_the_camera_probe_loads_opencv() -> None:
    program = (
        "import sys, vcops.probes.__main__ as probes\n"
        "probes._probe('connection'); probes._probe('platform')\n"
        "import vcops.probes.connection.measuring\n"
        "print([name for name in ('cv2', 'numpy', 'httpx', 'pydantic', 'sqlalchemy') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_written_to_stdout_by_anyone_else_is_lost() -> None:
    program = (
        "import os, sys\n"
        "from vcops.probes.wire import Wire, keep_stdout_private, leave\n"
        "wire = Wire(keep_stdout_private())\n"
        "os.write(1, b'noise'); os.write(2, b'noise'); print('noise', flush=True)\n"
        "wire.progress('a.b', 2.0, n=1)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert json.loads(done.stdout) == {"type": "progress", "fraction": 1.0, "code": "a.b", "params": {"n": 1}}
    assert done.stderr == b""


@pytest.mark.skipif(os.name != "posix", reason="named pipes")
def test_it_ends_when_nobody_listens_any_more(tmp_path) -> None:
    """Even while its library waits for a device that never answers."""
    request = json.dumps({"source": silent_source(tmp_path), "lifeline": True}).encode()
    with subprocess.Popen(
        [sys.executable, "-m", "vcops.probes", "camera"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as probe:
        assert probe.stdin is not None
        assert probe.stdout is not None
        probe.stdin.write(request + b"\n")
        probe.stdin.flush()
        assert json.loads(probe.stdout.readline())["code"] == "camera.opening"
        probe.stdin.close()
        assert probe.wait(timeout=20) == 1


_ASKING = (
    "import json, sys\n"
    "from vcops.probes.wire import Wire, keep_stdout_private, leave\n"
    "wire = Wire(keep_stdout_private())\n"
    "sys.stdin.buffer.readline()\n"
    "if sys.argv[1] == 'lifeline': wire.watch_lifeline()\n"
    "wire.done(heard=wire.ask('a.question', seconds=6), again=wire.ask('a.question'))\n"
    "leave(0)\n"  # as every probe ends: the thread that reads stdin may never come back
)


def test_a_question_is_answered_on_the_lifeline() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _ASKING, "lifeline"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as probe:
        assert probe.stdin is not None
        assert probe.stdout is not None
        probe.stdin.write(b"{}\n")
        probe.stdin.flush()
        asked = json.loads(probe.stdout.readline())
        assert asked == {"type": "question", "code": "a.question", "params": {"seconds": 6}}
        probe.stdin.write(b'{"extend": ["loss_pct"]}\n')
        probe.stdin.flush()
        probe.stdout.readline()
        assert json.loads(probe.stdout.readline()) == {"type": "done", "heard": {"extend": ["loss_pct"]}, "again": None}


@pytest.mark.parametrize("answers", [b"", b"not json\n[]\n"])
def test_no_answer_is_none(answers: bytes) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ASKING, "none"], input=b"{}\n" + answers, capture_output=True, check=True
    )
    assert json.loads(done.stdout.splitlines()[-1]) == {"type": "done", "heard": None, "again": None}
