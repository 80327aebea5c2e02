"""The sound probe: listens to the microphone, plays into the loudspeaker, and tells what was heard.

miniaudio is imported here and nowhere else. It talks to WASAPI, CoreAudio, PulseAudio (PipeWire answers for it) and
ALSA, with no library of the system's to link against. What is recorded stays in this process and goes with it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from vcops.probes.wire import Failure, Wire, leave

__all__ = ["probe"]

_LISTING_S = 6.0


def probe(asked: dict[str, Any], wire: Wire) -> dict[str, Any] | None:
    """Listen to `microphone` for `seconds`; with `chirp` play one into `speaker` and listen for it.

    With `list` name the devices instead. `deed` asks for something that only people judge: `playback` records three
    seconds and plays them back, `sounding` plays the chirp a few times for someone to listen to. Raises Failure;
    readings told before that stand.
    """
    try:
        from vcops.probes.sound import asking, devices, measuring
    except ImportError as error:
        raise Failure("sound.no_library", said=error.name or "miniaudio") from error
    if asked.get("list"):
        with _watchdog(wire, _LISTING_S):
            return devices.listed()
    request = asking.read(asked)
    with _watchdog(wire, request.longest_seconds):
        if request.deed == "measure":
            return measuring.answer(request, wire)
        from vcops.probes.sound import hearing

        return hearing.answer(request, wire)


@contextmanager
def _watchdog(wire: Wire, seconds: float) -> Iterator[None]:
    """End the process with `sound.late` when what is inside takes longer: a driver may block for good."""

    def bite() -> None:
        wire.failure("sound.late", {"seconds": round(seconds)})
        leave(3)

    timer = threading.Timer(seconds, bite)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
