"""One measurement over a link of known speed: by our probe, by speedtest-cli, by iperf3; with what it cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.lab.links import DEVICE, Link
from tests.lab.peers import Peer, running_coturn, running_iperf3, running_nginx

__all__ = ["Bench", "Other", "Run", "missing_reading", "standing"]

missing_reading = float("nan")
_ROOT = Path(__file__).parents[2]
_SPEEDTEST = """
import json, speedtest, sys

CONFIGURATION = {  # what the central server said when speedtest-cli was last released
    "client": {"ip": "", "lat": "0", "lon": "0"},
    "ignore_servers": [],
    "sizes": {
        "upload": [524288, 1048576, 7340032],
        "download": [350, 500, 750, 1000, 1500, 2000, 2500, 3000, 3500, 4000],
    },
    "counts": {"upload": 17, "download": 4},
    "threads": {"upload": 2, "download": 8},
    "length": {"upload": 10, "download": 10},
    "upload_max": 51,
}

class Offline(speedtest.Speedtest):
    def get_config(self):
        self.config.update(CONFIGURATION)
        self.lat_lon = (0.0, 0.0)
        return CONFIGURATION

tester = Offline()
tester.get_best_server([{"url": sys.argv[1], "id": 0, "name": "", "sponsor": "", "d": 0.0}])
print(json.dumps([tester.download() / 1e6, tester.upload() / 1e6]))
"""


@dataclass
class Run:
    """What the probe said and what it cost. `value` of a metric that was not told is not a number."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0
    idle_seconds: float = missing_reading
    """From the first word of the idle phase to the first of the download."""
    more_seconds: float = missing_reading
    """From the question whether to go on, to the end."""
    cpu_s: float = 0.0
    rss_mb: float = 0.0
    link_mb: float = 0.0
    """Both ways together, as the interface counted."""

    @property
    def readings(self) -> dict[str, dict[str, Any]]:
        """The last reading of each metric."""
        return {line["metric"]: line for line in self.lines if line["type"] == "reading"}

    @property
    def failure(self) -> str:
        """The code of the failure, if there was one."""
        return next((str(line["code"]) for line in self.lines if line["type"] == "failure"), "")

    def value(self, metric: str, part: str = "value") -> float:
        """Return a reading's value, or its `low` or `high`."""
        found = self.readings.get(metric, {}).get(part)
        return missing_reading if found is None else float(found)


@dataclass(frozen=True)
class Other:
    """Another instrument's figures."""

    down: float
    up: float
    seconds: float
    link_mb: float
    rss_mb: float = missing_reading


@dataclass(frozen=True)
class Bench:
    """A link with servers behind it."""

    link: Link
    nginx: Peer
    coturn: Peer | None
    iperf3: Peer | None

    def request(self, **more: Any) -> dict[str, Any]:
        """Return the probe's request; what is not named is asked for as the walk asks."""
        return {
            "server": self.nginx.url, "via": "http", "profile": "librespeed", "upload_url": "", "seconds": None,
            "max_mb": None, "interface": "", "stun": [self.coturn.address] if self.coturn else [], "reflector": "",
            "ntp": "", "platform": None, "extension": False,
        } | more  # fmt: skip

    def start_probe(self) -> subprocess.Popen[bytes]:
        """Start the probe in the client's network."""
        command = [sys.executable, "-m", "vcops.probes", "connection"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        return self.link.client.start(command, cwd=_ROOT, **pipes)

    def probe(
        self, on_line: Callable[[dict[str, Any]], bool | None] | None = None, extend: Sequence[str] = (), **more: Any
    ) -> Run:
        """Run the probe to its end, or until `on_line` says True. `extend` answers its question."""
        run, before, began, asked_at = Run(), self._counted(), time.monotonic(), missing_reading
        first: dict[str, float] = {}
        process = self.start_probe()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(self.request(**more)).encode() + b"\n")
        process.stdin.flush()
        for text in process.stdout:
            line = json.loads(text)
            run.lines.append(line)
            run.rss_mb = max(run.rss_mb, _peak_mb(process.pid))
            if line["type"] == "progress":
                first.setdefault(line["code"], time.monotonic())
            if line["type"] == "question":
                asked_at = time.monotonic()
                process.stdin.write(json.dumps({"extend": list(extend)}).encode() + b"\n")
                process.stdin.flush()
            if on_line is not None and on_line(line):
                process.kill()
                break
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        idle = [first.get(f"connection.{phase}", missing_reading) for phase in ("idle", "download")]
        run.idle_seconds = idle[1] - idle[0]
        run.seconds, run.more_seconds = time.monotonic() - began, time.monotonic() - asked_at
        run.cpu_s = used.ru_utime + used.ru_stime
        run.link_mb = self._counted() - before
        return run

    def speedtest_cli(self) -> Other:
        """Run speedtest-cli as it is, with the lengths its servers ask for."""
        before, began, peak = self._counted(), time.monotonic(), 0.0
        command = [sys.executable, "-c", _SPEEDTEST, f"{self.nginx.url}speedtest/upload.php"]
        process = self.link.client.start(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        while process.poll() is None:
            peak = max(peak, _peak_mb(process.pid))
            time.sleep(0.1)
        said = process.communicate()[0].splitlines()
        down, up = json.loads(said[-1]) if said else (missing_reading, missing_reading)
        return Other(down, up, time.monotonic() - began, self._counted() - before, peak)

    def iperf3_both(self) -> Other:
        """Run iperf3 with four streams, 6 s each way, the first 2 s left out."""
        if self.iperf3 is None:
            return Other(missing_reading, missing_reading, missing_reading, missing_reading)
        before, began = self._counted(), time.monotonic()
        found = []
        for way in (["-R"], []):
            words = [
                "iperf3",
                "-J",
                "-c",
                self.iperf3.host,
                "-p",
                str(self.iperf3.port),
                "-P",
                "4",
                "-t",
                "6",
                "-O",
                "2",
                *way,
            ]
            said = json.loads(self.link.client.run(words).stdout or "{}")
            found.append(said.get("end", {}).get("sum_received", {}).get("bits_per_second", missing_reading) / 1e6)
        return Other(found[0], found[1], time.monotonic() - began, self._counted() - before)

    def _counted(self) -> float:
        """Return the megabytes that passed the client's interface so far."""
        folder = f"/sys/class/net/{DEVICE}/statistics"
        said = self.link.client.run(["cat", f"{folder}/rx_bytes", f"{folder}/tx_bytes"]).stdout
        return sum(int(word) for word in said.split()) / 1e6


@contextmanager
def standing(link: Link, *, with_iperf3: bool = True, with_coturn: bool = True) -> Iterator[Bench]:
    """Make the link and start the servers behind it."""
    with ExitStack() as stack:
        stack.enter_context(link)
        where = (link.server, link.address)
        nginx = stack.enter_context(running_nginx(*where))
        coturn = stack.enter_context(running_coturn(*where)) if with_coturn else None
        iperf3 = stack.enter_context(running_iperf3(*where)) if with_iperf3 else None
        yield Bench(link, nginx, coturn, iperf3)


def _peak_mb(pid: int) -> float:
    """Return the most memory the process held so far; its parent's does not count, as `getrusage` would have it."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0
