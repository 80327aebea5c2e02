"""Single packets there and back, 50 a second: what a meeting's sound and picture will live on.

    pinger = await Pinger(["stun.example.go.id:3478"], binding).start()
    begun = pinger.now()
    ...                                          # something fills the link meanwhile
    ended = pinger.now()
    await pinger.settled(ended)
    loaded = median_ms(pinger.window(begun + 1.5, ended))
    await pinger.close()

`vcops.probes.connection.echoes` turns echoes into median, jitter, loss and, with a reflector, the two directions.
"""

from __future__ import annotations

import asyncio
import selectors
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from vcops.probes.connection.binding import Binding
from vcops.probes.connection.datagrams import receive
from vcops.probes.connection.echoes import Directions, Echo, Reflection, directions
from vcops.probes.connection.servers import Candidate, Place, Talk, choose, resolve
from vcops.probes.connection.stamp import Stamp
from vcops.probes.connection.stun import Stun

__all__ = ["INTERVAL_S", "LOST_AFTER_S", "Pinger"]

INTERVAL_S = 0.02
"""50 packets a second, as many as a voice call sends."""
LOST_AFTER_S = 1.5
"""An answer that comes later than this is of no use to a conversation, and counts as lost."""
_BEHIND_S = 0.1
"""A machine that slept does not send what it missed: it goes on from now."""
_MOST_ERRORS = 16


@dataclass(slots=True)
class _Sent:
    at: float
    at_ns: int
    rtt_ms: float | None = None
    reflection: Reflection | None = None


class Pinger:
    """Sends 50 packets a second from its own thread, from the start until it is closed, and keeps what comes back.

    `targets` are `host:port` texts (the port may be left out: 3478 for STUN, 862 for STAMP), in the order of
    preference; `talk` is `Stun` or `Stamp`. The event loop may be busy or blocked meanwhile: neither the sending nor
    the times depend on it. A network that goes away leaves lost packets; when it comes back, answers do too.
    """

    def __init__(self, targets: Sequence[str], binding: Binding | None = None, talk: Callable[[], Talk] = Stun) -> None:
        if not targets:
            raise ValueError("name a server")
        self._targets = list(targets)
        self._binding = binding or Binding()
        self._talk = talk
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._sent: list[_Sent] = []
        self._first = 0
        self._candidate: Candidate | None = None
        self._thread: threading.Thread | None = None

    @staticmethod
    def now() -> float:
        """Return the clock that `window` and `Echo.sent_at` are told by: `time.monotonic()` in seconds."""
        return time.monotonic()

    @property
    def server(self) -> str:
        """The server that answers, as it was named in the list."""
        return self._chosen.place.server

    @property
    def instrument(self) -> str:
        """`vcops stun` or `vcops stamp`."""
        return self._chosen.talk.instrument

    async def start(self) -> Pinger:
        """Find the server that answers and begin to send. Takes a second at most, names 1.5 s more.

        Raises Failure: `connection.udp_blocked` (servers=...) where none answers; `network.dns` or
        `network.dns_silent` where not one name is found; `network.unreachable` where no packet can leave;
        `network.no_interface` from the binding; `connection.bad_address` for a text that names no server.
        """
        places = await resolve(self._targets, self._talk().port)
        found: asyncio.Future[Candidate] = asyncio.get_running_loop().create_future()
        self._thread = threading.Thread(
            target=self._work, args=(places, asyncio.get_running_loop(), found), name="pinger", daemon=True
        )
        self._thread.start()
        try:
            await found
        except BaseException:
            self._closing.set()
            raise
        return self

    async def settled(self, until: float) -> None:
        """Wait until each packet sent before `until` is either answered or lost; 1.5 s after `until` at the most."""
        while self.now() < until + LOST_AFTER_S and self._waiting(until):  # noqa: ASYNC110 - answers come in a thread
            await asyncio.sleep(INTERVAL_S)

    def window(self, start: float, end: float) -> list[Echo]:
        """Return the echoes of what was sent from `start` to before `end`, in the order of sending.

        A packet whose answer may still come is left out; `settled` waits for those. Without that the latest losses
        are missing, so a figure that is shown while it runs is a little too good.
        """
        hopeless = self.now() - LOST_AFTER_S
        with self._lock:
            return [
                Echo(number, one.at, one.rtt_ms, one.reflection)
                for number, one in enumerate(self._sent)
                if start <= one.at < end and (one.rtt_ms is not None or one.at < hopeless)
            ]

    def directions(self, echoes: Sequence[Echo]) -> Directions | None:
        """Tell loss and jitter of each direction; None without a reflector, or with fewer than two answers."""
        talk = self._chosen.talk
        return directions(echoes, stateful=talk.stateful) if isinstance(talk, Stamp) else None

    async def close(self) -> None:
        """Stop sending; what was measured stays readable. May be called twice."""
        self._closing.set()
        while self._thread is not None and self._thread.is_alive():  # noqa: ASYNC110 - a thread cannot be awaited
            await asyncio.sleep(INTERVAL_S / 4)

    @property
    def _chosen(self) -> Candidate:
        if self._candidate is None:
            raise RuntimeError("not started")
        return self._candidate

    def _waiting(self, until: float) -> bool:
        hopeless = self.now() - LOST_AFTER_S
        with self._lock:
            return any(hopeless <= one.at < until and one.rtt_ms is None for one in reversed(self._sent))

    def _work(self, places: list[Place], loop: asyncio.AbstractEventLoop, found: asyncio.Future[Candidate]) -> None:
        """The thread: choose a server, then send and receive until closed."""
        try:
            chosen = choose(places, self._binding, self._talk, self._closing)
        except Exception as error:  # noqa: BLE001 - it is raised where `start` waits
            _hand_over(loop, found, error)
            return
        self._candidate, self._first = chosen, chosen.sent
        _hand_over(loop, found, chosen)
        with chosen.socket, selectors.DefaultSelector() as selector:
            selector.register(chosen.socket, selectors.EVENT_READ)
            due = self.now()
            while not self._closing.is_set():
                if (now := self.now()) >= due:
                    self._send(chosen)
                    due = due + INTERVAL_S if now - due < _BEHIND_S else now + INTERVAL_S
                if selector.select(max(due - self.now(), 0.0)):
                    self._read_all(chosen)

    def _send(self, chosen: Candidate) -> None:
        """Send one packet. A system that cannot send it has lost it: that is what a call would hear."""
        number = self._first + len(self._sent)
        at, at_ns = self.now(), time.time_ns()
        packet = chosen.talk.packet(number, at_ns)
        with self._lock:
            self._sent.append(_Sent(at, at_ns))
        with suppress(OSError):
            chosen.socket.send(packet)

    def _read_all(self, chosen: Candidate) -> None:
        for _attempt in range(_MOST_ERRORS):
            try:
                data, _sender, arrived_ns, _told = receive(chosen.socket)
            except BlockingIOError:
                return
            except OSError:  # what ICMP brought of an earlier packet
                continue
            answer = chosen.talk.read(data, arrived_ns)
            if answer is not None:
                self._note(answer[0] - self._first, arrived_ns, *answer[1:])

    def _note(self, place: int, arrived_ns: int, held_ms: float, reflection: Reflection | None) -> None:
        """Keep an answer: the first one to a packet, and only where it came in time."""
        if not 0 <= place < len(self._sent):
            return
        sent = self._sent[place]
        trip = _round_trip(sent, arrived_ns, self.now())
        if trip > LOST_AFTER_S * 1000:
            return
        if 0 < held_ms < trip:
            trip -= held_ms
        with self._lock:
            if sent.rtt_ms is None:
                sent.rtt_ms, sent.reflection = trip, reflection


def _round_trip(sent: _Sent, arrived_ns: int, now: float) -> float:
    """Return the milliseconds by the kernel's stamp, or by the steady clock where the wall clock was set meanwhile.

    The steady clock is read after the packet was, so it can only be later than the truth.
    """
    latest = (now - sent.at) * 1000
    stamped = (arrived_ns - sent.at_ns) / 1e6
    return stamped if 0 < stamped <= latest + 0.5 else latest


def _hand_over(
    loop: asyncio.AbstractEventLoop, found: asyncio.Future[Candidate], outcome: Candidate | Exception
) -> None:
    def settle() -> None:
        if found.done():
            return
        if isinstance(outcome, Exception):
            found.set_exception(outcome)
        else:
            found.set_result(outcome)

    with suppress(RuntimeError):  # the loop is closed: nobody waits any more
        loop.call_soon_threadsafe(settle)
