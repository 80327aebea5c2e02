"""The sound of this machine: which devices it has, which are ours, and letting someone hear them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vcops.domain.checks import CheckProgress
from vcops.errors import Unreachable
from vcops.operations.probing import Limits, listed, probe_lines

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace

__all__ = ["Heard", "SoundDevice", "SoundDevices", "choose_devices", "devices_of", "hear", "list_sound_devices"]

Heard = Literal["playback", "sounding"]
"""What someone listens to: what was just said into the microphone, or a test tone."""
_LONGEST_S = 40.0


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """A microphone or a loudspeaker by its driver's name; `default` is the one that is taken where none is named.

    A `monitor` is offered by the system as a microphone and hears what a loudspeaker is given.
    """

    kind: Literal["microphone", "speaker"]
    name: str
    default: bool
    monitor: bool = False


@dataclass(frozen=True, slots=True)
class SoundDevices:
    """A microphone and a loudspeaker, each by its name or a part of it; empty for the system's default."""

    microphone: str = ""
    speaker: str = ""


async def list_sound_devices() -> tuple[SoundDevice, ...]:
    """Return microphones, then loudspeakers. Raises Unreachable where this machine has no sound."""
    found = await listed("sound")
    kinds: tuple[tuple[Literal["microphone", "speaker"], str], ...] = (
        ("microphone", "microphones"),
        ("speaker", "speakers"),
    )
    return tuple(
        SoundDevice(kind, one["name"], one["default"], one.get("monitor", False))
        for kind, name in kinds
        for one in found.get(name, ())
    )


def devices_of(workplace: Workplace) -> SoundDevices:
    """Return this machine's devices: those chosen last, else those of its `config.toml`."""
    kept, settings = workplace.memory.read(), workplace.settings
    return SoundDevices(kept.get("microphone", settings.microphone), kept.get("speaker", settings.speaker))


def choose_devices(workplace: Workplace, chosen: SoundDevices) -> None:
    """Remember on this machine what was chosen; an empty name is the system's default, whatever that is then."""
    workplace.memory.keep(microphone=chosen.microphone, speaker=chosen.speaker)


async def hear(
    workplace: Workplace, what: Heard, asked: SoundDevices | None = None, *, stop: asyncio.Event | None = None
) -> AsyncGenerator[CheckProgress, None]:
    """Play for someone to listen, telling what is done: three seconds of their own voice, or the test tone.

    `asked` goes before this machine's own devices. What was recorded stays in the probe's memory and ends with it.
    Use `contextlib.aclosing` around it. Raises Unreachable with the reason where it could not be played to the end;
    setting `stop` ends it quietly.
    """
    ours, asked = devices_of(workplace), asked or SoundDevices()
    request = {
        "deed": what,
        "microphone": asked.microphone or ours.microphone,
        "speaker": asked.speaker or ours.speaker,
    }
    async with aclosing(probe_lines("sound", request, Limits(_LONGEST_S), stop)) as lines:
        async for line in lines:
            if line["type"] == "progress":
                yield CheckProgress(line.get("fraction"), str(line.get("code", "")), dict(line.get("params") or {}))
            elif line["type"] == "failure" and line.get("code") != "probe.cancelled":
                raise Unreachable(str(line.get("code", "probe.garbled")), **dict(line.get("params") or {}))
