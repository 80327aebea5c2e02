"""One link, measured by one program at a time: the others say who has it, wait, and go on."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.lab.command import CommandLine
from tests.lab.server import ServerScript, running_server
from vcops.domain.checks import CheckDone, CheckEvent, CheckProgress, CheckReading, CheckRemark, CheckRequest
from vcops.errors import InvalidInput
from vcops.operations import directory, meetings
from vcops.operations.checks import check
from vcops.operations.link_lock import TAKEN, LinkLock, is_free_now
from vcops.operations.room_checks import check_room
from vcops.operations.workplace import Workplace
from vcops.settings import machine_wide_temporary

HOLDING = """
import sys, time
from pathlib import Path
from vcops.operations.link_lock import LinkLock
lock = LinkLock([Path(sys.argv[1])], "Budi")
assert lock.take() is None
print("held", flush=True)
time.sleep(600)
"""


@contextmanager
def held(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another program have the link."""
    command = [sys.executable, "-c", HOLDING, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "held\n"
            yield other
        finally:
            other.kill()


def connection(url: str) -> CheckRequest:
    return CheckRequest(instrument="connection", server=url, seconds=3)


async def test_two_programs_that_measure_the_link_at_once_each_read_all_of_it(workplace: Workplace) -> None:
    figures: list[float] = []

    async def measured(url: str) -> list[CheckEvent]:
        async with aclosing(check(workplace, connection(url))) as events:
            told = [one async for one in events]
        (speed,) = (one.reading.value for one in told[-1].result.readings if one.reading.metric == "download_mbps")  # type: ignore[union-attr]
        figures.append(float(speed or 0))
        return told

    with running_server(ServerScript(mbps=40)) as server:
        both = await asyncio.gather(measured(server.url), measured(server.url))
    assert min(figures) > 24, "half of it is 20"
    (waited,) = [told for told in both if isinstance(told[0], CheckRemark) and told[0].code == TAKEN]
    assert waited[0].params["by"] == "Sari"  # type: ignore[union-attr]
    assert any(is_free_now(one) for one in waited)


@pytest.mark.parametrize("where", ["of the machine", "of the data folder"])
async def test_a_killed_program_lets_go_of_the_link(workplace: Workplace, where: str) -> None:
    workplace.places.data.mkdir(parents=True, exist_ok=True)
    folder = machine_wide_temporary() if where == "of the machine" else workplace.places.data
    with held(folder) as other, running_server(ServerScript(mbps=40)) as server:
        told: list[CheckEvent] = []
        async with aclosing(check(workplace, connection(server.url))) as events:
            async for event in events:
                if not told:
                    assert isinstance(event, CheckRemark)
                    assert (event.code, event.params["by"]) == (TAKEN, "Budi")
                if len(told) == 2:
                    other.send_signal(signal.SIGKILL)
                told.append(event)
    assert isinstance(told[1], CheckProgress)
    assert told[1].code == TAKEN
    assert any(isinstance(one, CheckReading) for one in told)


async def test_waiting_for_the_link_can_be_cancelled_and_measures_nothing(workplace: Workplace) -> None:
    stop = asyncio.Event()
    with held(machine_wide_temporary()), running_server(ServerScript(mbps=40)) as server:
        async with aclosing(check(workplace, connection(server.url), stop=stop)) as events:
            told = []
            async for event in events:
                told.append(event)
                stop.set()
        assert not server.requests
    assert isinstance(told[-1], CheckDone)
    assert told[-1].result.stopped


async def test_what_makes_no_sense_is_refused_before_it_waits(workplace: Workplace) -> None:
    asked = CheckRequest(instrument="connection", server="http://127.0.0.1:9", via="pigeon")
    with held(machine_wide_temporary()), pytest.raises(InvalidInput):
        async with aclosing(check(workplace, asked)) as events:
            assert [one async for one in events] == [], "it waits"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
async def test_a_pipe_in_the_locks_place_keeps_nobody_waiting(workplace: Workplace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "vcops-link.lock", 0o444)
    assert LinkLock([tmp_path], "Sari").take() is None


def test_a_check_stopped_while_it_waited_leaves_no_attempt(vcops: CommandLine, workplace: Workplace) -> None:
    with held(machine_wide_temporary()), running_server(ServerScript(mbps=40)) as server:
        directory.add_room(workplace, {"name": "Aula", "measure_server": server.url})
        run_id = vcops("run", "start", "video-conference", "--room", "Aula", "--json").json["id"]
        words = vcops.words("run", "check", run_id, "main-link")
        with subprocess.Popen(
            words, env=vcops.environment("id"), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as begun:
            assert begun.stderr is not None
            assert any("sedang diukur dari terminal lain (Budi" in line for line in begun.stderr)
            begun.send_signal(signal.SIGINT)
            begun.communicate(timeout=90)
    assert begun.returncode == 130
    steps = vcops("run", "show", run_id, "--json").json["steps"]
    assert next(one for one in steps if one["id"] == "main-link")["attempts"] == []


async def test_a_meeting_that_begins_while_the_link_is_waited_for_is_not_disturbed(workplace: Workplace) -> None:
    with held(machine_wide_temporary()) as other, running_server(ServerScript(mbps=40)) as server:
        room = directory.add_room(workplace, {"name": "Aula", "measure_server": server.url})
        remarks: dict[str, list[str]] = {}
        async with aclosing(check_room(workplace, room)) as events:
            async for told in events:
                if isinstance(told.event, CheckRemark):
                    remarks.setdefault(told.step.id, []).append(told.event.code)
                    if told.event.code == TAKEN:
                        meetings.start(workplace, texts={"title": "Rapat pimpinan", "room": "Aula"})
                        other.kill()
        assert not server.requests
    assert remarks["main-link"] == [TAKEN, "check.meeting_here"]


@pytest.mark.parametrize("command", ["connection", "room"])
def test_a_command_says_on_stderr_that_it_waits(vcops: CommandLine, workplace: Workplace, command: str) -> None:
    with held(machine_wide_temporary()) as other, running_server(ServerScript(mbps=40)) as server:
        directory.add_room(workplace, {"name": "Aula", "measure_server": server.url})
        asked = ["Aula"] if command == "room" else ["--server", server.url, "--seconds", "2"]
        words = vcops.words("check", command, *asked, "--json")
        with subprocess.Popen(
            words, env=vcops.environment("id"), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as begun:
            assert begun.stderr is not None
            assert any("sedang diukur dari terminal lain (Budi" in line for line in begun.stderr)
            other.kill()
            out, _err = begun.communicate(timeout=90)
    assert json.loads(out)


def test_a_steps_check_is_refused_where_a_meeting_has_begun_meanwhile(vcops: CommandLine, workplace: Workplace) -> None:
    with held(machine_wide_temporary()) as other, running_server(ServerScript(mbps=40)) as server:
        directory.add_room(workplace, {"name": "Aula", "measure_server": server.url})
        run_id = vcops("run", "start", "video-conference", "--room", "Aula", "--json").json["id"]
        words = vcops.words("run", "check", run_id, "main-link", "--json")
        with subprocess.Popen(
            words, env=vcops.environment("id"), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as begun:
            assert begun.stderr is not None
            assert any("sedang diukur dari terminal lain (Budi" in line for line in begun.stderr)
            assert vcops("meeting", "start", "--title", "Rapat pimpinan", "--room", "Aula").status == 0
            other.kill()
            out, _err = begun.communicate(timeout=90)
        assert not server.requests
    assert (begun.returncode, json.loads(out)["error"]["code"]) == (1, "check.meeting_here")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs two accounts")
def test_another_accounts_lock_is_seen_too() -> None:
    look = (
        "import os, sys; from pathlib import Path; from vcops.operations.link_lock import LinkLock;"
        "os.setuid(65534); print(LinkLock([Path(sys.argv[1])], 'Tamu').take().by)"
    )
    with TemporaryDirectory(dir="/tmp") as folder:  # pytest's own is nobody else's
        Path(folder).chmod(0o1777)
        with held(Path(folder)):
            said = subprocess.run([sys.executable, "-c", look, folder], capture_output=True, text=True, check=True)
    assert said.stdout == "Budi\n"
