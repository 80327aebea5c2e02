"""`vcops reflector` as a process of its own, and a pinger against it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.lab.command import CommandLine
from vcops.operations.reflector import Traffic, reflect
from vcops.probes.connection import reflector as tool
from vcops.probes.connection.echoes import count_lost
from vcops.probes.connection.reflector import Reflector
from vcops.probes.connection.stamp import PACKET, Stamp
from vcops.probes.connection.udp import Pinger


@dataclass
class Running:
    """The command while it runs; `end` stops it and keeps what it said."""

    process: subprocess.Popen[str]
    port: int
    first: str
    out: str = ""
    err: str = ""

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        self.out, self.err = self.process.communicate(timeout=30)
        return self.process.returncode


@contextmanager
def running(vcops: CommandLine, *words: object, lang: str = "en") -> Iterator[Running]:
    process = subprocess.Popen(
        vcops.words("reflector", "--port", 0, *words),
        env=vcops.environment(lang),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stderr is not None
    try:
        first = process.stderr.readline()
        found = re.search(r"port (?:UDP )?(\d+)", first)
        assert found, first
        yield Running(process, int(found.group(1)), first)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


windows = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that a test could send")


@windows
@pytest.mark.parametrize("address", ["127.0.0.1", "[::1]", "127.0.0.9"])
async def test_a_pinger_is_answered_from_the_address_it_asked(vcops: CommandLine, address: str) -> None:
    if address == "127.0.0.9" and sys.platform != "linux":
        pytest.skip("only Linux has more than one loopback address")
    with running(vcops) as reflector:
        pinger = await Pinger([f"{address}:{reflector.port}"], talk=Stamp).start()
        began = pinger.now()
        await asyncio.sleep(0.5)
        ended = pinger.now()
        await pinger.settled(ended)
        echoes = pinger.window(began, ended)
        found = pinger.directions(echoes)
        await pinger.close()
        assert count_lost(echoes) == 0
        assert found is not None
        assert (found.lost_up, found.lost_down) == (0, 0)
        assert reflector.end() == 0
    told = re.fullmatch(r"Stopped\. (\d+) packets answered, from 1 sender\.\n", reflector.out)
    assert told, reflector.out
    assert int(told.group(1)) >= len(echoes)
    assert "Traceback" not in reflector.err


@windows
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_with_a_sentence(vcops: CommandLine, number: int) -> None:
    with running(vcops, lang="id") as reflector:
        assert "hentikan dengan Ctrl+C" in reflector.first
        assert f"--reflector HOST:{reflector.port}" in reflector.first
        assert reflector.end(number) == 0
    assert (reflector.out, reflector.err) == ("Dihentikan. 0 paket dijawab, dari 0 pengirim.\n", "")


@windows
def test_what_is_no_test_packet_is_counted_and_not_answered(vcops: CommandLine) -> None:
    with running(vcops, "--json") as reflector, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.connect(("127.0.0.1", reflector.port))
        for packet in (b"", b"x", b"y" * (PACKET - 1), Stamp().packet(0, 0), b"w" * 1400):
            asking.send(packet)
        asking.settimeout(20)
        answers = [asking.recv(4096) for _answer in range(2)]
        assert [len(one) for one in answers] == [PACKET, 1400]
        asking.send(answers[0])  # as if another reflector had answered this one
        assert not select.select([asking], [], [], 0.1)[0]
        assert reflector.end() == 0
    assert json.loads(reflector.out) == {"answered": 2, "refused": 4, "senders": 1}


def test_a_port_that_is_taken(vcops: CommandLine) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        done = vcops("reflector", "--bind", "127.0.0.1", "--port", port, "--json")
    assert done.status == 1
    assert done.json["error"]["code"] == "reflector.port_in_use"
    assert str(port) in done.err
    assert "--port" in done.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give its rights up")
@pytest.mark.skipif(sys.platform != "linux", reason="other systems let everybody open every port")
def test_a_port_for_the_administrator(vcops: CommandLine) -> None:
    """As root without the right to open low ports."""
    if subprocess.run(["sh", "-c", "command -v setpriv"], capture_output=True, check=False).returncode:
        pytest.skip("setpriv is not installed (Debian: util-linux)")
    done = subprocess.run(
        ["setpriv", "--bounding-set=-net_bind_service", *vcops.words("reflector", "--json")],
        env=vcops.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 4
    assert json.loads(done.stdout)["error"]["code"] == "reflector.no_permission"
    assert "--port 8620" in done.stderr


@pytest.mark.parametrize("address", ["203.0.113.77", "not an address", "2001:db8::77"])
def test_an_address_of_somebody_else(vcops: CommandLine, address: str) -> None:
    done = vcops("reflector", "--bind", address, "--port", 0, "--json")
    assert (done.status, done.json["error"]["code"]) == (2, "reflector.bad_address")


def test_a_port_that_cannot_be(vcops: CommandLine) -> None:
    assert vcops("reflector", "--port", 70000).status == 2


def test_one_address_cannot_make_it_answer_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The allowance is used up, another sender still has its own, and time brings it back."""
    now = [1000.0]
    monkeypatch.setattr(tool.time, "monotonic", lambda: now[0])
    reflector = Reflector(0, "127.0.0.1")
    try:
        allowed = sum(reflector._allowed("192.0.2.1") for _packet in range(3000))
        assert allowed == 1000
        assert reflector._allowed("192.0.2.2")
        now[0] += 1.0
        assert sum(reflector._allowed("192.0.2.1") for _packet in range(3000)) == 500
        now[0] += 3600.0
        assert sum(reflector._allowed("192.0.2.1") for _packet in range(3000)) == 1000
        assert sum(reflector._allowed(f"2001:db8::{one:x}") for one in range(1, 3001)) == 1000, "one /64 is one sender"
    finally:
        reflector.close()


def test_many_senders_do_not_fill_the_memory() -> None:
    reflector = Reflector(0, "127.0.0.1")
    try:
        for number in range(6000):
            reflector._allowed(f"10.0.{number // 250}.{number % 250}")
        assert len(reflector._allowance) <= 4096
    finally:
        reflector.close()


def test_the_counts_are_told_while_it_runs() -> None:
    import threading

    stop, told, ports = threading.Event(), list[Traffic](), list[int]()

    def opened(port: int) -> None:
        ports.append(port)
        asking.connect(("127.0.0.1", port))
        asking.send(Stamp().packet(0, 0))

    def counted(traffic: Traffic) -> None:
        told.append(traffic)
        stop.set()

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        done = reflect(port=0, address="127.0.0.1", stop=stop, opened=opened, counted=counted)
    assert told == [Traffic(answered=1, refused=0, senders=1)]
    assert done == told[0]
    assert ports[0] > 0
