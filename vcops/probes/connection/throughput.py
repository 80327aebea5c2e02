"""How much passes in a second, over several connections at once, the slow start left out."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import perf_counter

from vcops.probes.connection.channel import Channel
from vcops.probes.connection.framing import Answer
from vcops.probes.connection.latency import INSTRUMENT
from vcops.probes.connection.meter import EXACT, WRITTEN, Meter
from vcops.probes.connection.profiles import Profile, Target
from vcops.probes.connection.refusals import not_bytes, refusal
from vcops.probes.connection.session import Direction, Session
from vcops.probes.connection.small_segments import passes_in_small_segments
from vcops.probes.connection.steady import BLOCK_S, quiet_seconds, rate, steady
from vcops.probes.reach import reach_failure
from vcops.probes.wire import Failure

__all__ = ["NOTHING_PASSED", "Flow", "look_at_large", "measure_flow"]

_CHANNELS = 4
_TICK_S = 0.1
_STALL_S, _DEAD_S = 2.0, 1.0
_POST = 16 * 1024 * 1024
_SMALLEST_POST = 256 * 1024
_EARLY_SHARE = 0.375
"""What is left out of a transfer that was over before its warm-up."""
_BRIEF_S = 0.4
"""Less steady time than this is no measurement, whatever was asked for."""
_SEGMENTS_WORTH = 64 * 1024
"""Fewer bytes than this in a whole phase are the small packets of a link that loses the large ones."""
_BLOCK = os.urandom(64 * 1024)  # random, so that nothing on the way can compress it
_RETRY_S = 0.25
_HEAD_S = 6.0

NOTHING_PASSED = {"download": "connection.no_download", "upload": "connection.no_upload"}
"""The failure of a direction in which no byte came through."""


@dataclass(slots=True)
class Flow:
    """One direction under way."""

    meter: Meter
    session: Session
    profile: Profile
    most_bytes: float
    channels: list[Channel] = field(default_factory=list)
    post_bytes: int = _POST
    trouble: BaseException | None = None
    refused: bool = False
    """Whether the trouble is what the server answered, not that it could not be reached."""

    @property
    def direction(self) -> Direction:
        """Which way the bytes go."""
        return self.meter.direction

    @property
    def target(self) -> Target:
        """What is asked for the bytes."""
        upload = self.profile.upload if self.direction == "upload" else None
        return upload or self.profile.large

    def total(self) -> int:
        """Bytes that passed so far, over connections that are closed too."""
        if self.direction == "download":
            return sum(one.received for one in self.channels)
        return sum(one.sent() for one in self.channels)

    def cost(self) -> int:
        """Bytes that went over the link in both directions, as far as they were counted."""
        return sum(one.received + one.sent() for one in self.channels)


async def measure_flow(
    session: Session, profile: Profile, direction: Direction, seconds: float, most_bytes: float
) -> None:
    """Measure one direction and tell its readings. Raises Failure."""
    target = profile.upload if direction == "upload" and profile.upload is not None else profile.large
    meter = Meter(session, direction, seconds, INSTRUMENT, target.endpoint.place)
    flow = Flow(meter, session, profile, most_bytes)
    work = _download if direction == "download" else _upload
    tasks = [asyncio.create_task(_keep_going(flow, work)) for _ in range(_CHANNELS)]
    try:
        capped = await _watch(flow, tasks)
    finally:
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        for channel in flow.channels:
            channel.close()
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            refused = isinstance(outcome, Failure)
            flow.trouble = outcome if refused else flow.trouble or outcome
            flow.refused = flow.refused or refused
    try:
        await _conclude(flow, capped=capped)
    finally:
        session.found[direction].cost += meter.cost


async def look_at_large(session: Session, profile: Profile) -> None:
    """Ask for the large answer and hang up after its head. Raises Failure where it is none to measure with."""
    target = profile.large
    channel = Channel(session.routes.to(target.endpoint))
    try:
        async with asyncio.timeout(_HEAD_S):
            await channel.connect()
            await channel.start("GET", profile.large_path())
            wrong = _wrong(profile, await channel.answer())
    except OSError as error:
        raise reach_failure(error, target.endpoint.host, target.endpoint.port) from error
    finally:
        channel.close()
    if wrong is not None:
        raise wrong


async def _watch(flow: Flow, tasks: list[asyncio.Task[None]]) -> bool:
    """Count until the time, the bytes or the connections are used up. Returns whether it was the bytes."""
    started = perf_counter()
    while True:
        passed = flow.total()
        _note_how(flow)
        flow.meter.count(passed)
        if passed >= flow.most_bytes:
            return True
        if perf_counter() - started >= flow.meter.seconds or all(task.done() for task in tasks):
            return False
        await asyncio.sleep(_until_next_tick(flow))


def _note_how(flow: Flow) -> None:
    """Keep beside the counts how they were made, and what they cost."""
    meter = flow.meter
    meter.cost = flow.cost()
    meter.how, meter.reads = "http-body-bytes", EXACT
    if meter.direction == "upload":
        acknowledged = any(one.acknowledged is not None for one in flow.channels)
        meter.how = "tcp-acknowledged-bytes" if acknowledged else "http-written-bytes"
        # A proxy acknowledges what it has not passed on yet.
        meter.reads = EXACT if acknowledged and not flow.session.through_proxy else WRITTEN


def _until_next_tick(flow: Flow) -> float:
    """Return a pause short enough that the bytes allowed are not overrun by much."""
    if flow.most_bytes == float("inf"):
        return _TICK_S
    mbps = rate(flow.meter.ticks[-3:])
    if not mbps:
        return _TICK_S if flow.session.asked.usual_limit else _TICK_S / 10
    left = (flow.most_bytes - flow.meter.passed) * 8e-6 / mbps
    return min(max(left / 2, 0.002), _TICK_S)


async def _conclude(flow: Flow, *, capped: bool) -> None:
    meter, endpoint = flow.meter, flow.target.endpoint
    found = meter.steady()
    longest, since = quiet_seconds(meter.ticks)
    broke_off = flow.trouble is not None and since > min(0.5, meter.seconds * 0.2)
    cut_short = not capped and (meter.elapsed < meter.seconds * 0.9 or broke_off)
    if meter.passed < _SEGMENTS_WORTH and not capped and not flow.refused:
        await _say_nothing_passed(flow)
    if meter.passed < _SEGMENTS_WORTH and (reason := _reason(flow)) is not None:
        raise reason  # a few bytes and then the end are no rate
    if capped and (found is None or found.seconds < BLOCK_S):  # so few bytes were allowed that the warm-up was not over
        whole = steady(meter.ticks, meter.elapsed * _EARLY_SHARE) if flow.session.asked.usual_limit else None
        if whole is None:
            meter.finish_early("capped_early")
        else:  # gigabits a second: more than any meeting asks for, however much faster it would have become
            meter.finish(whole, note="capped")
        return
    if found is None or not meter.passed:
        raise _reason(flow) or Failure(NOTHING_PASSED[flow.direction], host=endpoint.host)
    if found.seconds < _BRIEF_S and not cut_short:
        meter.finish(found, partial=True, note="too_brief")
        return
    stalled = longest >= min(_STALL_S, meter.seconds / 2)
    dead = not capped and since >= min(_DEAD_S, meter.seconds / 4)  # what follows a standstill nobody saw: no rate
    note = "broke_off" if cut_short else "capped" if capped else "stalled" if stalled or dead else None
    meter.finish(found, partial=cut_short or dead, note=note)
    if cut_short and (reason := _reason(flow)) is not None:
        raise reason


async def _say_nothing_passed(flow: Flow) -> None:
    """Look for the reason why nothing passes although the server answers, and raise it if it is found."""
    if isinstance(flow.trouble, ConnectionError):
        return
    route = flow.session.routes.to(flow.target.endpoint)
    if await passes_in_small_segments(route, flow.target, upload=flow.direction == "upload"):
        raise Failure("connection.large_packets_lost", host=flow.target.endpoint.host)


def _reason(flow: Flow) -> Failure | None:
    if flow.trouble is None:
        return None
    return reach_failure(flow.trouble, flow.target.endpoint.host, flow.target.endpoint.port)


async def _keep_going(flow: Flow, work: Callable[[Flow, Channel], Awaitable[None]]) -> None:
    """Open connection after connection while the time lasts.

    Where nothing ever passed, two in a row that bring nothing are the end of it; a link that breaks half way may
    come back. A connection that was refused because its body was too large is not in vain: the next body is smaller.
    """
    in_vain = 0
    while in_vain < 2 or flow.meter.passed > _SEGMENTS_WORTH:
        channel, tried = Channel(flow.session.routes.to(flow.target.endpoint)), flow.post_bytes
        flow.channels.append(channel)
        try:
            await channel.connect()
            await work(flow, channel)
        except OSError as error:
            flow.trouble = error
            channel.close()
        moved = channel.received if flow.direction == "download" else channel.sent()
        in_vain = 0 if moved > _SEGMENTS_WORTH or flow.post_bytes < tried else in_vain + 1
        await asyncio.sleep(_RETRY_S if in_vain else 0)


async def _download(flow: Flow, channel: Channel) -> None:
    """Read large answers over one connection for as long as it stands."""
    profile = flow.profile
    while channel.open:
        before = channel.received
        await channel.start("GET", profile.large_path())
        answer = await channel.answer()
        wrong = _wrong(profile, answer)
        if wrong is not None:
            raise wrong
        await channel.finish()
        if channel.received - before < profile.least_bytes:
            raise _short(profile, channel.received - before)
        if not answer.keeps_alive:
            channel.close()


def _wrong(profile: Profile, answer: Answer) -> Failure | None:
    """Return what is wrong with an answer that should be large: refused, a page, or too little to measure with."""
    wrong = refusal(profile.large, answer) or not_bytes(profile.large, answer)
    if wrong is None and answer.length is not None and answer.length < profile.least_bytes:
        wrong = _short(profile, answer.length)
    return wrong


def _short(profile: Profile, length: int) -> Failure:
    target = profile.large
    path = target.path.partition("?")[0]
    return Failure("connection.too_short", host=target.endpoint.host, path=path, bytes=length)


async def _upload(flow: Flow, channel: Channel) -> None:
    """Post large bodies over one connection for as long as it stands, smaller ones where they are refused."""
    target = flow.target
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
        wrong = refusal(target, answer, upload=True)
        if wrong is not None:
            raise wrong
        await channel.finish()
        if not answer.keeps_alive or left > 0:
            channel.close()
