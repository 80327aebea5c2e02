"""How much passes in a second, over several connections at once, the slow start left out."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Literal

from vcops.probes.connection.channel import Channel
from vcops.probes.connection.latency import INSTRUMENT
from vcops.probes.connection.profiles import Profile, Target
from vcops.probes.reach import reach_failure
from vcops.probes.wire import Failure, Wire

__all__ = ["NOTHING_PASSED", "Flow", "measure_flow"]

_CHANNELS = 4
_WARM_UP_S = 1.5
_TICK_S = 0.1
_STALL_S = 2.0
_POST = 16 * 1024 * 1024
_SMALLEST_POST = 256 * 1024
_BLOCK = os.urandom(64 * 1024)  # random, so that nothing on the way can compress it
_RETRY_S = 0.25

Direction = Literal["download", "upload"]
NOTHING_PASSED = {"download": "connection.no_download", "upload": "connection.no_upload"}
"""The failure of a direction in which no byte came through."""


@dataclass(slots=True)
class Flow:
    """One direction under way."""

    direction: Direction
    profile: Profile
    wire: Wire
    seconds: float
    most_bytes: float
    base_fraction: float
    channels: list[Channel] = field(default_factory=list)
    ticks: list[tuple[float, int]] = field(default_factory=list)
    """When, and how many bytes had passed by then."""
    post_bytes: int = _POST
    trouble: BaseException | None = None

    def total(self) -> int:
        """Bytes that passed so far, over connections that are closed too."""
        if self.direction == "download":
            return sum(one.received for one in self.channels)
        return sum(one.sent() for one in self.channels)

    @property
    def cost(self) -> int:
        """Bytes that went over the link in both directions, as far as they were counted."""
        return sum(one.received + one.sent() for one in self.channels)

    @property
    def warm_up(self) -> float:
        """Seconds left out at the start; short measurements leave out less."""
        return min(_WARM_UP_S, self.seconds * 0.375)


async def measure_flow(flow: Flow) -> int:
    """Measure one direction, tell its reading, and return the bytes it cost. Raises Failure."""
    work = _download if flow.direction == "download" else _upload
    tasks = [asyncio.create_task(_keep_going(flow, work)) for _ in range(_CHANNELS)]
    capped = await _watch(flow, tasks)
    cost = flow.cost
    for task in tasks:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    for channel in flow.channels:
        channel.close()
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            flow.trouble = outcome if isinstance(outcome, Failure) else flow.trouble or outcome
    _conclude(flow, cost, capped=capped)
    return cost


async def _watch(flow: Flow, tasks: list[asyncio.Task[None]]) -> bool:
    """Count until the time, the bytes or the connections are used up. Returns whether it was the bytes."""
    started = perf_counter()
    told = started
    while True:
        now, passed = perf_counter(), flow.total()
        flow.ticks.append((now, passed))
        if passed >= flow.most_bytes:
            return True
        if now - started >= flow.seconds or all(task.done() for task in tasks):
            return False
        if now - told >= 0.25:
            told = now
            _tell_progress(flow, (now - started) / flow.seconds)
        await asyncio.sleep(_until_next_tick(flow))


def _until_next_tick(flow: Flow) -> float:
    """Return a pause short enough that the bytes allowed are not overrun by much."""
    mbps = _rate(flow.ticks[-3:])
    if not mbps or flow.most_bytes == float("inf"):
        return _TICK_S if flow.most_bytes == float("inf") else _TICK_S / 10
    left = (flow.most_bytes - flow.ticks[-1][1]) * 8e-6 / mbps
    return min(max(left / 2, 0.002), _TICK_S)


def _tell_progress(flow: Flow, part: float) -> None:
    rate = _rate(flow.ticks[-11:])
    fraction = flow.base_fraction + 0.4 * min(part, 1.0)
    flow.wire.progress(f"connection.{flow.direction}", fraction, mbps=None if rate is None else round(rate, 1))
    steady = _steady(flow)
    if steady is not None:
        _tell(flow, steady, flow.cost, partial=True)


def _rate(ticks: list[tuple[float, int]]) -> float | None:
    """Return megabits a second between the first tick and the last."""
    if len(ticks) < 2 or ticks[-1][0] <= ticks[0][0]:
        return None
    return (ticks[-1][1] - ticks[0][1]) * 8e-6 / (ticks[-1][0] - ticks[0][0])


def _steady(flow: Flow) -> float | None:
    """Return the rate after the warm-up; None before that."""
    start = flow.ticks[0][0] + flow.warm_up
    return _rate([tick for tick in flow.ticks if tick[0] >= start])


def _conclude(flow: Flow, cost: int, *, capped: bool) -> None:
    passed = flow.ticks[-1][1]
    lasted = flow.ticks[-1][0] - flow.ticks[0][0]
    cut_short = not capped and (lasted < flow.seconds * 0.9 or _broke_off(flow))
    if passed == 0 or (cut_short and flow.trouble is not None and _steady(flow) is None):
        endpoint = flow.profile.large.endpoint
        if flow.trouble is not None:
            raise reach_failure(flow.trouble, endpoint.host, endpoint.port)
        raise Failure(NOTHING_PASSED[flow.direction], host=endpoint.host)
    steady = _steady(flow)
    if steady is None and not capped:  # every connection was given up before there was anything to read
        endpoint = flow.profile.large.endpoint
        raise Failure(NOTHING_PASSED[flow.direction], host=endpoint.host)
    if steady is None:  # so few bytes were allowed that the warm-up was not over
        _tell(flow, _rate(flow.ticks) or 0.0, cost, partial=True, note="capped_early")
        return
    note = "broke_off" if cut_short else "capped" if capped else "stalled" if _stalled(flow) else None
    _tell(flow, steady, cost, partial=cut_short, note=note)
    if cut_short and flow.trouble is not None:
        endpoint = flow.profile.large.endpoint
        raise reach_failure(flow.trouble, endpoint.host, endpoint.port)


def _broke_off(flow: Flow) -> bool:
    """Whether connections failed and nothing came any more."""
    quiet_since = next(at for at, passed in flow.ticks if passed == flow.ticks[-1][1])
    return flow.trouble is not None and flow.ticks[-1][0] - quiet_since > min(0.5, flow.seconds * 0.2)


def _stalled(flow: Flow) -> bool:
    """Whether nothing passed for a long while although the connections stood."""
    still_since, last = flow.ticks[0]
    for at, passed in flow.ticks:
        if passed != last:
            still_since, last = at, passed
        elif at - still_since >= min(_STALL_S, flow.seconds / 2):
            return True
    return False


def _tell(flow: Flow, mbps: float, cost: int, *, partial: bool, note: str | None = None) -> None:
    how = "http-body-bytes"
    if flow.direction == "upload":
        counted = any(one.acknowledged is not None for one in flow.channels)
        how = "tcp-acknowledged-bytes" if counted else "http-written-bytes"
    value = round(mbps, 2)
    flow.wire.reading(
        f"{flow.direction}_mbps",
        value or None,  # where nothing passed, nothing was measured: no figure is told
        instrument=INSTRUMENT,
        how=how,
        samples=len(flow.ticks) - 1,
        partial=partial,
        note=note if value else note or "stalled",
        bytes_mb=round(cost / 1e6, 2),
    )


async def _keep_going(flow: Flow, work: Callable[[Flow, Channel], Awaitable[None]]) -> None:
    """Open connection after connection; give up when two in a row bring nothing.

    One that was refused because its body was too large is not in vain: the next body is smaller.
    """
    target = flow.profile.upload if flow.direction == "upload" else flow.profile.large
    assert target is not None, "an upload is only measured where there is somewhere to send it"
    in_vain = 0
    while in_vain < 2:
        channel, tried = Channel(target.endpoint), flow.post_bytes
        flow.channels.append(channel)
        try:
            await channel.connect()
            await work(flow, channel)
        except OSError as error:
            flow.trouble = error
        moved = channel.received if flow.direction == "download" else channel.sent()
        in_vain = 0 if moved > _SMALLEST_POST // 4 or flow.post_bytes < tried else in_vain + 1
        await asyncio.sleep(_RETRY_S if in_vain else 0)


async def _download(flow: Flow, channel: Channel) -> None:
    """Read large answers over one connection for as long as it stands."""
    target = flow.profile.large
    while channel.open:
        await channel.start("GET", flow.profile.large_path())
        answer = await channel.answer()
        if answer.status != 200:
            raise _refusal("connection.http_status", target, answer.status)
        await channel.finish()
        if not answer.keeps_alive:
            channel.close()


async def _upload(flow: Flow, channel: Channel) -> None:
    """Post large bodies over one connection for as long as it stands, smaller ones where they are refused."""
    target = flow.profile.upload or flow.profile.large
    while channel.open:
        left = size = flow.post_bytes
        await channel.start("POST", target.path, size)
        try:
            while left > 0 and await channel.send(_BLOCK[: min(left, len(_BLOCK))]):
                left -= min(left, len(_BLOCK))
            answer = await channel.answer()
        except OSError:  # who refuses a body often hangs up before the refusal can be read
            flow.post_bytes = min(flow.post_bytes, max(size // 4, _SMALLEST_POST))
            raise
        if answer.status == 413 and size > _SMALLEST_POST:
            flow.post_bytes = min(flow.post_bytes, size // 4)
            channel.close()
            return
        if answer.status >= 300:
            raise _refusal("connection.upload_refused", target, answer.status)
        await channel.finish()
        if not answer.keeps_alive or left > 0:
            channel.close()


def _refusal(code: str, target: Target, status: int) -> Failure:
    return Failure(code, host=target.endpoint.host, path=target.path.partition("?")[0], status=status)
