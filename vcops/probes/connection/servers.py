"""Which of the named UDP servers answers: all are asked at once, the one that was named first is preferred."""

from __future__ import annotations

import asyncio
import errno
import selectors
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from vcops.probes.connection.binding import Binding
from vcops.probes.connection.datagrams import open_datagram, receive, split_server
from vcops.probes.connection.echoes import Reflection
from vcops.probes.reach import reach_failure
from vcops.probes.sockets import look_up
from vcops.probes.wire import Failure

__all__ = ["Candidate", "Place", "Talk", "choose", "resolve"]

LOOK_UP_S = 1.5
"""How long a name may take; names are looked up all at once."""
ANSWER_S = 1.0
"""How long an answer may take before UDP counts as blocked."""
_BETTER_S = 0.2
"""How long a server that was named earlier may still come first, once another has answered."""
_RETRY_S = 0.25
_NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.ENODEV}


class Talk(Protocol):
    """One conversation: how its packets are made and read. `Stun` and `Stamp` are the two there are."""

    instrument: str
    port: int

    def packet(self, number: int, sent_ns: int) -> bytes:
        """Return packet `number`, that leaves at a Unix time in nanoseconds."""

    def read(self, packet: bytes, arrived_ns: int) -> tuple[int, float, Reflection | None] | None:
        """Return the number that is answered, the other side's own milliseconds and what it told; None for others."""


@dataclass(frozen=True, slots=True)
class Place:
    """One address of a named server. `rank` is the server's place in the list."""

    rank: int
    server: str
    family: int
    address: Any


@dataclass(slots=True)
class Candidate:
    """One address that is being asked."""

    place: Place
    socket: socket.socket
    talk: Talk
    sent: int = 0
    said_no: OSError | None = field(default=None)

    def ask(self) -> None:
        """Send the next packet of the conversation."""
        try:
            self.socket.send(self.talk.packet(self.sent, time.time_ns()))
        except BlockingIOError:
            pass
        except OSError as error:
            self.said_no = error
        self.sent += 1

    def answered(self) -> bool:
        """Read what has come; True where an answer was among it."""
        while True:
            try:
                data, _sender, arrived_ns, _told = receive(self.socket)
            except BlockingIOError:
                return False
            except OSError as error:
                self.said_no = error
                return False
            if self.talk.read(data, arrived_ns) is not None:
                return True


async def resolve(targets: Sequence[str], default_port: int) -> list[Place]:
    """Return the addresses of `host:port` texts, all looked up at once, in the order of the list.

    Raises Failure: `connection.bad_address` for a text that is none, and what the first name's look-up said where
    not one name is found within 1.5 s.
    """
    asked = [(text, *split_server(text, default_port)) for text in targets]
    looked = await asyncio.gather(
        *(look_up(host, port, LOOK_UP_S) for _text, host, port in asked), return_exceptions=True
    )
    places: list[Place] = []
    failures: list[Failure] = []
    for rank, ((text, host, port), found) in enumerate(zip(asked, looked, strict=True)):
        if isinstance(found, BaseException):
            if not isinstance(found, (OSError, Failure)):
                raise found
            failures.append(reach_failure(found, host, port))
            continue
        families = dict.fromkeys(one[0] for one in found)  # one address of each family is enough to try
        places += [Place(rank, text, one, next(a[4] for a in found if a[0] == one)) for one in families]
    if not places and failures:
        raise failures[0]
    return places


def choose(places: Sequence[Place], binding: Binding, talk: Callable[[], Talk], stop: threading.Event) -> Candidate:
    """Ask all the places at once and return the one to go on with; the others are closed. Blocks for a second.

    Raises Failure: `connection.udp_blocked` where nobody answers, `network.unreachable` where no packet could even
    leave, `network.no_interface` from the binding.
    """
    candidates: list[Candidate] = []
    unable: list[OSError] = []
    try:
        for place in places:
            try:
                candidates.append(Candidate(place, open_datagram(place.family, place.address, binding), talk()))
            except OSError as error:
                unable.append(error)
        chosen = _first_to_answer(candidates, stop) if candidates else None
        if chosen is None:
            raise _blocked(places, [*unable, *(one.said_no for one in candidates if one.said_no)])
    except BaseException:
        chosen = None
        raise
    finally:
        for one in candidates:
            if one is not chosen:
                one.socket.close()
    return chosen


def _first_to_answer(candidates: Sequence[Candidate], stop: threading.Event) -> Candidate | None:
    best: Candidate | None = None
    started = time.monotonic()
    deadline, again = started + ANSWER_S, started
    with selectors.DefaultSelector() as selector:
        for one in candidates:
            selector.register(one.socket, selectors.EVENT_READ, one)
        while not stop.is_set() and (now := time.monotonic()) < deadline:
            if now >= again:
                _ask_all(candidates)
                again = now + _RETRY_S
            for key, _events in selector.select(max(min(again, deadline) - now, 0.0)):
                one = key.data
                if one.answered() and (best is None or one.place.rank < best.place.rank):
                    deadline = min(deadline, time.monotonic() + _BETTER_S)
                    best = one
            if _decided(candidates, best):
                break
    return best


def _ask_all(candidates: Sequence[Candidate]) -> None:
    for one in candidates:
        if one.said_no is None:
            one.ask()


def _decided(candidates: Sequence[Candidate], best: Candidate | None) -> bool:
    """Whether waiting longer cannot change anything: nobody better is left to answer."""
    return not any(one.said_no is None and (best is None or one.place.rank < best.place.rank) for one in candidates)


def _blocked(places: Sequence[Place], said: Sequence[OSError]) -> Failure:
    servers = list(dict.fromkeys(one.server for one in places))
    if places and len(said) >= len(places) and all(error.errno in _NO_WAY for error in said):
        with suppress(Failure):
            return Failure("network.unreachable", host=split_server(servers[0], 1)[0])
    return Failure("connection.udp_blocked", servers=", ".join(servers))
