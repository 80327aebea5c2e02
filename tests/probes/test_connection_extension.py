"""What goes wrong while a check goes on for what was not certain: what was read before stands."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, aclosing
from typing import Any

import psutil
import pytest

from tests.lab.packets import black_hole, udp_server
from tests.lab.peers import missing, running_iperf3
from tests.lab.probing import Probed
from tests.lab.server import RunningServer, ServerScript, running_server
from vcops.operations.probing import Limits, Line, probe_lines
from vcops.probes.connection import servers
from vcops.probes.connection.asked import Asked
from vcops.probes.connection.binding import Binding
from vcops.probes.connection.idle import Idle
from vcops.probes.connection.route import Routes
from vcops.probes.connection.session import Session
from vcops.probes.wire import Wire

_ENOUGH = ServerScript(status=429, retry_after="60")


def extended(server: RunningServer, on_question: Callable[[], None], **request: Any) -> tuple[Probed, Probed, int]:
    """Run a check and let something happen when it asks what to go on for.

    Returns what was told before, all of it, and how many requests the server had had by then.
    """
    command = [sys.executable, "-m", "vcops.probes", "connection"]
    lines: list[dict[str, Any]] = []
    before: list[dict[str, Any]] = []
    requests = 0
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as probe:
        assert probe.stdin is not None
        assert probe.stdout is not None
        asked = {"lifeline": True, "extension": True, "server": server.url, "seconds": 5} | request
        probe.stdin.write(json.dumps(asked).encode() + b"\n")
        probe.stdin.flush()
        for text in probe.stdout:
            lines.append(json.loads(text))
            if lines[-1]["type"] == "question":
                before, requests = list(lines), len(server.requests)
                on_question()
                probe.stdin.write(b'{"extend": ["download_mbps", "upload_mbps"]}\n')
                probe.stdin.flush()
        status = probe.wait()
    return Probed(before, status, b"", b""), Probed(lines, status, b"", b""), requests


@pytest.mark.parametrize("fault", ["gone", "enough", "silent"])
def test_what_was_read_before_stands(fault: str) -> None:
    with running_server(ServerScript(mbps=20)) as server:
        deeds: dict[str, Callable[[], None]] = {
            "gone": server.die,
            "enough": lambda: server.become(_ENOUGH),
            "silent": lambda: server.become(ServerScript(never_answer=True)),
        }
        before, after, asked = extended(server, deeds[fault])
        assert fault == "gone" or len(server.requests) > asked
    assert (after.failure, after.status, after.lines[-1]["type"]) == (None, 0, "done")
    assert after.readings == before.readings
    assert not any(line["partial"] for line in after.readings.values())


# -- cancelled at any time -----------------------------------------------------------------------------------------


def started(words: str, among: Iterable[psutil.Process]) -> list[psutil.Process]:
    """Those of these processes that are there and whose command line holds these words."""
    found = []
    for one in among:
        try:
            if words in " ".join(one.cmdline()) and one.status() != psutil.STATUS_ZOMBIE:
                found.append(one)
        except psutil.Error:
            continue
    return found


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    yield
    assert not started("vcops.probes", psutil.Process().children(recursive=True))


async def stopped_at(code: str, **request: Any) -> dict[str, Line]:
    """Stop a check at the seventh line of a phase; return the last reading of each metric."""
    stop, seen, readings = asyncio.Event(), 0, dict[str, Line]()
    last: Line = {}

    def answer(_question: Line) -> dict[str, Any]:
        return {"extend": ["upload_mbps"]}

    told = probe_lines("connection", {"extension": True, "seconds": 7} | request, Limits(60), stop, answer)
    async with aclosing(told) as lines:
        async for last in lines:
            if last["type"] == "reading":
                readings[last["metric"]] = last
            seen += last.get("code") == code
            if seen == 7:
                stop.set()
    assert (last["type"], last["code"]) == ("failure", "probe.cancelled")
    return readings


@pytest.mark.parametrize(
    ("phase", "whole", "partial"),
    [
        ("idle", set(), {"latency_ms", "http_latency_ms"}),
        ("download", {"latency_ms"}, {"download_mbps"}),
        ("upload", {"latency_ms", "download_mbps"}, {"upload_mbps"}),
        ("extending", {"latency_ms", "download_mbps", "upload_mbps"}, set()),
    ],
)
async def test_cancelling_keeps_what_was_read(phase: str, whole: set[str], partial: set[str]) -> None:
    with running_server(ServerScript(mbps=20)) as server:
        readings = await stopped_at(f"connection.{phase}", server=server.url)
    assert {metric for metric in whole | partial if readings[metric]["value"]} == whole | partial
    assert not any(readings[metric]["partial"] for metric in whole)
    assert all(readings[metric]["partial"] for metric in partial)


@pytest.mark.skipif(bool(missing("iperf3")), reason=missing("iperf3") or "iperf3 is here")
@pytest.mark.parametrize("phase", ["download", "upload"])
async def test_cancelling_ends_iperf3_too(phase: str) -> None:
    with running_iperf3() as peer:
        await stopped_at(f"connection.{phase}", server=peer.address, via="iperf3")
        for _try in range(50):
            if not started(f"-c {peer.host} -p {peer.port}", psutil.process_iter()):
                break
            await asyncio.sleep(0.1)
        assert not started(f"-c {peer.host} -p {peer.port}", psutil.process_iter())


# -- the idle phase ------------------------------------------------------------------------------------------------


async def test_a_silent_server_is_not_waited_for_once_another_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reflector and the STUN servers are asked side by side; each second of waiting is fifty packets less."""
    monkeypatch.setattr(servers, "ANSWER_S", 60.0)

    def stun(packet: bytes, _number: int, _sender: Any) -> list[tuple[float, bytes]]:
        return [(0.0, b"\x01\x01\x00\x00" + packet[4:20])]

    with ExitStack() as stack:
        answering, silent = stack.enter_context(udp_server(stun)), stack.enter_context(black_hole())
        for asked in (
            Asked(server="", stun=(answering.target,), reflector=silent.target),
            Asked(server="", stun=(silent.target,), reflector=""),
        ):
            said = io.BytesIO()
            idle = Idle(Session(asked, Wire(said), Routes(Binding(""))), None)
            async with asyncio.timeout(20):
                if asked.reflector:
                    await idle.run(0.5)
                    await idle.close()
                    assert b'"vcops stun"' in said.getvalue()
                    continue
                with pytest.raises(TimeoutError):  # so this is what waiting looks like
                    async with asyncio.timeout(3):
                        await idle.run(0.5)
