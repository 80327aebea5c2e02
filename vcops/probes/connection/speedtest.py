"""The same figures through speedtest-cli, a second opinion by an instrument that is not ours.

speedtest-cli is imported in this process only: it takes hold of stdout when it is imported, and its threads stop only
with the process. A server is named by its `upload.php`, so none of the central configuration is fetched. Where it
would fall silent (a refused certificate counts as half an hour of latency, a refused upload as bytes sent) the
server is asked beforehand and the bytes are watched while they pass.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from types import ModuleType
from typing import Any

from vcops.probes.connection.channel import Channel
from vcops.probes.connection.latency import measure_latency
from vcops.probes.connection.measuring import DEFAULT_SECONDS
from vcops.probes.connection.profiles import find_target
from vcops.probes.connection.throughput import NOTHING_PASSED
from vcops.probes.reach import reach_failure
from vcops.probes.wire import Failure, Wire

__all__ = ["measure"]

_PROBE_BODY = b"content1=0123456789"
_NO_ANSWER_MS = 600_000.0
"""speedtest-cli books 3600 s for each of three requests that failed and divides by six."""
_STALL_S = 2.0


def measure(asked: dict[str, Any], wire: Wire) -> None:
    """Run the whole measurement. Raises Failure; readings told before that stand."""
    url = str(asked.get("server") or "")
    if not url.partition("?")[0].endswith(".php"):
        url = url.rstrip("/") + "/upload.php"
    seconds = float(asked.get("seconds") or DEFAULT_SECONDS)
    allowed = float(asked["max_mb"]) * 1e6 if asked.get("max_mb") else float("inf")
    asyncio.run(_ask_server(url, wire, seconds / 5))
    session = _Session(url, wire, seconds * 0.4)
    session.find()
    spent = session.run("download", allowed / 2, 0.2)
    session.run("upload", allowed - spent, 0.6)


async def _ask_server(url: str, wire: Wire, seconds: float) -> None:
    """Make sure that it is a Speedtest server and takes an upload, and measure the latency on one connection."""
    upload = find_target(url)
    endpoint = upload.endpoint
    latency = find_target(url.partition("?")[0].rpartition("/")[0] + "/latency.txt")
    await measure_latency(latency, "GET", wire, seconds)
    channel = Channel(endpoint)
    try:
        async with asyncio.timeout(10):
            await channel.connect()
            await channel.start("POST", upload.path, len(_PROBE_BODY))
            await channel.send(_PROBE_BODY)
            answer = await channel.answer()
    except OSError as error:
        raise reach_failure(error, endpoint.host, endpoint.port) from error
    finally:
        channel.close()
    if answer.status != 200:
        path = upload.path.partition("?")[0]
        raise Failure("connection.upload_refused", host=endpoint.host, path=path, status=answer.status)


def _load() -> ModuleType:
    import speedtest

    return speedtest  # type: ignore[no-any-return]


@dataclass
class _Session:
    """speedtest-cli against one server."""

    url: str
    wire: Wire
    phase_seconds: float
    library: ModuleType = field(default_factory=_load)
    tester: Any = None

    @property
    def host(self) -> str:
        """The server's name, for messages."""
        return find_target(self.url).endpoint.host

    @property
    def instrument(self) -> str:
        """Which library measured."""
        return f"speedtest-cli {self.library.__version__}"

    def find(self) -> None:
        """Let speedtest-cli meet the server. Raises Failure where its own latency request fails."""
        configuration = _configuration(self.phase_seconds)

        class Offline(self.library.Speedtest):  # type: ignore[name-defined,misc]
            """Takes its configuration from here instead of from the network."""

            def get_config(self) -> dict[str, Any]:
                """Return what the measurement needs."""
                self.config.update(configuration)
                self.lat_lon = (0.0, 0.0)
                return configuration

        self.tester = Offline(shutdown_event=_Stop(), secure=self.url.startswith("https"))
        server = {"url": self.url, "id": 0, "name": self.host, "sponsor": "", "d": 0.0}
        if self.tester.get_best_server([server])["latency"] >= _NO_ANSWER_MS:
            raise Failure("speedtest.not_a_server", host=self.host)

    def run(self, direction: str, most_bytes: float, base_fraction: float) -> float:
        """Measure one direction, tell its reading, and return the bytes it cost. Raises Failure."""
        counter = _Counter(self.library, direction)
        stop = _Stop()
        self.tester._shutdown_event = stop  # noqa: SLF001 - the library has no other way to be stopped half way
        outcome: list[BaseException] = []
        worker = threading.Thread(target=_guarded, args=(getattr(self.tester, direction), outcome), daemon=True)
        started = moved_at = perf_counter()
        worker.start()
        passed, stalled, capped = 0, False, False
        while worker.is_alive() and perf_counter() - started < self.phase_seconds * 2 + 10:
            worker.join(0.1)
            now, total = perf_counter(), counter.total()
            moved_at, passed = (now, total) if total > passed else (moved_at, passed)
            # An upload's bytes are counted when the system takes them, which says nothing about a standstill.
            still = direction == "download" and now - moved_at >= min(_STALL_S, self.phase_seconds / 2)
            stalled, capped = stalled or still, capped or total >= most_bytes
            if capped or now - started > self.phase_seconds + 1:
                stop.set()
            rate = total * 8e-6 / max(now - started, 0.1)
            fraction = base_fraction + 0.4 * min((now - started) / self.phase_seconds, 1.0)
            self.wire.progress(f"connection.{direction}", fraction, mbps=round(rate, 1))
        stalled = stalled or worker.is_alive()  # its thread waits for a server that keeps silent
        lasted = perf_counter() - started
        if outcome or passed == 0:
            raise Failure(NOTHING_PASSED[direction], host=self.host)
        broken = counter.failures > 0
        note = "broke_off" if broken else "stalled" if stalled else "capped" if capped else None
        self.wire.reading(
            f"{direction}_mbps",
            round(passed * 8e-6 / lasted, 2),
            instrument=self.instrument,
            how="speedtest-whole-phase",
            partial=stalled or broken,
            note=note,
            bytes_mb=round(passed / 1e6, 2),
        )
        return passed


def _configuration(seconds: float) -> dict[str, Any]:
    """Return what the central configuration would say, with our own lengths."""
    up_sizes = [32768, 65536, 131072, 262144, 524288, 1048576, 7340032]
    return {
        "client": {"ip": "", "lat": "0", "lon": "0"},
        "ignore_servers": [],
        "sizes": {"upload": up_sizes[4:], "download": [350, 500, 750, 1000, 1500, 2000, 2500, 3000, 3500, 4000]},
        "counts": {"upload": 9, "download": 4},
        "threads": {"upload": 4, "download": 8},
        "length": {"upload": seconds, "download": seconds},
        "upload_max": 27,
    }


def _guarded(work: Callable[[], object], outcome: list[BaseException]) -> None:
    try:
        work()
    except Exception as error:  # noqa: BLE001 - it crosses threads; the other side tells it
        outcome.append(error)


class _Stop(threading.Event):
    """An event with the old spelling that speedtest-cli asks for."""

    def isSet(self) -> bool:  # noqa: N802 - speedtest-cli's name for it
        """Return whether it was set."""
        return self.is_set()


class _Counter:
    """Sums the bytes of speedtest-cli's threads while they run, and the requests that failed, which it hides."""

    def __init__(self, library: ModuleType, direction: str) -> None:
        self._made: list[Any] = []
        self.failures = 0
        counter, ended = self, library.SpeedtestUploadTimeout
        made, name = self._made, "HTTPDownloader" if direction == "download" else "HTTPUploader"
        original = getattr(library, name)
        original = getattr(original, "of", original)

        class Counted(original):  # type: ignore[misc,valid-type]
            """The library's own thread, remembered."""

            of = original

            def __init__(self, *args: Any, **more: Any) -> None:
                super().__init__(*args, **more)
                made.append(self)
                self._asks: Callable[[Any], Any] = vars(self)["_opener"]
                self._opener = self._watched

            def _watched(self, request: Any) -> Any:
                """Ask, and take note of a request that fails; one that the time cut off did not."""
                try:
                    return self._asks(request)
                except ended:
                    raise
                except Exception:
                    counter.failures += 1
                    raise

        setattr(library, name, Counted)
        self._download = direction == "download"

    def total(self) -> int:
        """Return the bytes that passed so far."""
        with suppress(RuntimeError):  # a list may grow while it is summed
            if self._download:
                return sum(sum(list(one.result)) for one in list(self._made))
            return sum(sum(list(one.request.data.total)) for one in list(self._made))
        return 0
