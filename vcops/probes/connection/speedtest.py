"""The same figures through speedtest-cli, a second opinion by an instrument that is not ours.

speedtest-cli is imported in this process only: it takes hold of stdout when it is imported, and its threads stop only
with the process. A server is named by its `upload.php`, so none of the central configuration is fetched. Where it
would fall silent (a refused certificate counts as half an hour of latency, a refused upload as bytes sent) the
server is asked beforehand and the bytes are watched while they pass.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from types import ModuleType
from typing import Any

from vcops.probes.connection.binding import Binding
from vcops.probes.connection.channel import Channel
from vcops.probes.connection.latency import HttpPings
from vcops.probes.connection.meter import WRITTEN, Meter
from vcops.probes.connection.profiles import find_target
from vcops.probes.connection.refusals import refusal
from vcops.probes.connection.route import Route
from vcops.probes.connection.session import Direction, Session
from vcops.probes.connection.steady import Steady, quiet_seconds, rate
from vcops.probes.connection.throughput import NOTHING_PASSED
from vcops.probes.reach import reach_failure
from vcops.probes.threads import in_thread
from vcops.probes.wire import Failure

__all__ = ["SpeedtestCli"]

_PROBE_BODY = b"content1=0123456789"
_NO_ANSWER_MS = 600_000.0
"""speedtest-cli books 3600 s for each of three requests that failed and divides by six."""
_MEET_S = 8.0
"""What its three latency requests may take together: its own time-outs begin anew with each byte that comes."""
_READS = (0.9, 1.12)
"""What it reads of a link's speed: .96 to 1.12 of it on links of known speed, and a tenth less to be careful.

It counts what its threads have read by the time they stop, over a time that begins with the slow start.
"""
_STALL_S = 2.0
_TICK_S = 0.1


class SpeedtestCli:
    """speedtest-cli against one server."""

    takes_upload = True

    def __init__(self, session: Session) -> None:
        url = session.asked.server
        if not url.partition("?")[0].endswith(".php"):
            url = url.rstrip("/") + "/upload.php"
        self._session, self._url, self._upload = session, url, find_target(url)
        latency = find_target(url.partition("?")[0].rpartition("/")[0] + "/latency.txt")
        self._route = session.routes.to(self._upload.endpoint)
        session.through_proxy = self._route.proxy is not None
        self.pings: HttpPings | None = HttpPings(self._route, latency)
        self._library: ModuleType | None = None
        self._tester: Any = None

    async def begin(self) -> None:
        """Make sure that the server takes an upload, and let speedtest-cli meet it. Raises Failure."""
        assert self.pings is not None, "made with it"
        await self.pings.first()
        endpoint = self._upload.endpoint
        channel = Channel(self._route)
        try:
            async with asyncio.timeout(10):
                await channel.connect()
                await channel.start("POST", self._upload.path, len(_PROBE_BODY))
                await channel.send(_PROBE_BODY)
                answer = await channel.answer()
        except OSError as error:
            raise reach_failure(error, endpoint.host, endpoint.port) from error
        finally:
            channel.close()
        wrong = refusal(self._upload, answer, upload=True)
        if wrong is not None:
            raise wrong
        meet = partial(_meet, self._url, endpoint.host, self._route)
        try:
            self._library, self._tester = await in_thread(meet, _MEET_S, "speedtest-cli")
        except TimeoutError as error:
            raise reach_failure(error, endpoint.host, endpoint.port) from error

    async def flow(self, direction: Direction, seconds: float, most_bytes: float) -> None:
        """Let it fill the link in one direction and tell the readings. Raises Failure."""
        assert self._library is not None, "begin comes first"
        host = self._upload.endpoint.host
        instrument = f"speedtest-cli {self._library.__version__}"
        meter = Meter(self._session, direction, seconds, instrument, self._upload.endpoint.place)
        meter.how, meter.reads = "speedtest-whole-phase", _READS if direction == "download" else WRITTEN
        counter, stop = _Counter(self._library, direction), _Stop()
        self._tester.config["length"][direction] = seconds
        self._tester._shutdown_event = stop  # noqa: SLF001 - the library has no other way to be stopped half way
        outcome: list[BaseException] = []
        worker = threading.Thread(target=_guarded, args=(getattr(self._tester, direction), outcome), daemon=True)
        worker.start()
        capped = await _watch(meter, counter, worker, stop, most_bytes)
        self._session.found[direction].cost += meter.passed
        meter.cost = 0
        if outcome or meter.passed == 0:
            raise Failure(NOTHING_PASSED[direction], host=host)
        # An upload's bytes are counted when the system takes them, which says nothing about a standstill.
        still = direction == "download" and quiet_seconds(meter.ticks)[0] >= min(_STALL_S, seconds / 2)
        stalled = worker.is_alive() or still  # its threads wait for a server that keeps silent
        broken = counter.failures > 0
        note = "broke_off" if broken else "stalled" if stalled else "capped" if capped else None
        even = meter.steady() if direction == "download" else None  # an upload is handed over in gulps
        whole = Steady(rate(meter.ticks) or 0.0, meter.elapsed, even.blocks if even is not None else ())
        meter.finish(whole, partial=stalled or broken, note=note)


async def _watch(meter: Meter, counter: _Counter, worker: threading.Thread, stop: _Stop, most_bytes: float) -> bool:
    """Follow its bytes until it ends, and a second beyond its time at most. Returns whether the bytes were used up."""
    started, capped = monotonic(), False
    while worker.is_alive() and monotonic() - started < meter.seconds + 3:
        meter.cost = counter.total()
        meter.count(meter.cost)
        capped = capped or meter.cost >= most_bytes
        if capped or monotonic() - started > meter.seconds + 1:
            stop.set()
        await asyncio.sleep(_TICK_S)
    meter.cost = max(counter.total(), meter.passed)
    meter.count(meter.cost)
    return capped


def _meet(url: str, host: str, route: Route) -> tuple[ModuleType, Any]:
    """Load speedtest-cli and let it meet the server. Raises Failure where its own latency request fails."""
    import speedtest

    # It asks for the time in a way that Python 3.12 advises against: no reason to measure nothing.
    warnings.filterwarnings("ignore", category=DeprecationWarning, module="speedtest")
    configuration = _configuration()

    class Offline(speedtest.Speedtest):  # type: ignore[misc]
        """Takes its configuration from here instead of from the network."""

        def get_config(self) -> dict[str, Any]:
            """Return what the measurement needs."""
            self.config.update(configuration)
            self.lat_lon = (0.0, 0.0)
            return configuration

    if route.binding:  # the library knows source addresses only, and those do not choose the way
        speedtest.socket = _BoundSockets(route.binding)
    tester = Offline(shutdown_event=_Stop(), secure=url.startswith("https"))
    server = {"url": url, "id": 0, "name": host, "sponsor": "", "d": 0.0}
    if tester.get_best_server([server])["latency"] >= _NO_ANSWER_MS:
        raise Failure("speedtest.not_a_server", host=host)
    return speedtest, tester


class _BoundSockets(ModuleType):
    """The socket module as speedtest-cli sees it where an interface was asked for: it connects by that alone."""

    def __init__(self, binding: Binding) -> None:
        super().__init__("socket")
        self._binding = binding

    def __getattr__(self, name: str) -> Any:
        return getattr(socket, name)

    def create_connection(self, address: tuple[str, int], timeout: float, source: object = None) -> socket.socket:
        """Connect to the first address that answers. Raises OSError, and the binding's Failure."""
        del source
        failed = OSError("no address")
        for family, kind, protocol, _name, place in socket.getaddrinfo(*address, type=socket.SOCK_STREAM):
            connecting = socket.socket(family, kind, protocol)
            try:
                connecting.settimeout(timeout)
                self._binding.apply(connecting)
                connecting.connect(place)
            except OSError as error:
                connecting.close()
                failed = error
            else:
                return connecting
        raise failed


def _configuration() -> dict[str, Any]:
    """Return what the central configuration would say; the lengths are set before each direction."""
    up_sizes = [32768, 65536, 131072, 262144, 524288, 1048576, 7340032]
    return {
        "client": {"ip": "", "lat": "0", "lon": "0"},
        "ignore_servers": [],
        "sizes": {"upload": up_sizes[4:], "download": [350, 500, 750, 1000, 1500, 2000, 2500, 3000, 3500, 4000]},
        "counts": {"upload": 9, "download": 4},
        "threads": {"upload": 4, "download": 8},
        "length": {"upload": 4.0, "download": 4.0},
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
