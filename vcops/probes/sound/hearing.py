"""What only people can judge: their own voice played back, and the chirp to walk around the room with.

The recording lies in this process's memory and nowhere else; it is gone when the process ends.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from vcops.probes.sound.asking import PLAYBACK_S, Request
from vcops.probes.sound.devices import chosen
from vcops.probes.sound.echo import chirp
from vcops.probes.sound.levels import Samples, measure_levels
from vcops.probes.sound.measuring import devices_now, listen_in_steps, still_there
from vcops.probes.sound.streams import RATE, Microphone, Speaker
from vcops.probes.wire import Failure, Wire

__all__ = ["answer"]

_CHIRPS, _REST_S = 4, 0.5
"""The chirp is half a second long: so many with a rest between them last as long as it takes to listen for them."""


def answer(request: Request, wire: Wire) -> dict[str, Any]:
    """Play what is asked for into the loudspeaker. Raises Failure."""
    wire.progress("sound.opening")
    found = devices_now()
    told: dict[str, Any] = {"system": found.backend}
    speaker = Speaker(chosen(found.speakers, request.speaker, "sound.no_speaker"))
    told["speaker"] = speaker.device.name
    if request.deed == "playback":
        microphone = Microphone(chosen(found.microphones, request.microphone, "sound.no_microphone"))
        told["microphone"] = microphone.device.name
        samples, code = _recorded(microphone, wire, found.backend), "sound.playing"
    else:
        samples, code = _chirps(), "sound.sounding"
    try:
        _play(speaker, samples, wire, code)
    except Failure:
        still_there(speaker.device.name, found.backend, speaker=True)
        raise
    still_there(speaker.device.name, found.backend, speaker=True)
    return told


def _recorded(microphone: Microphone, wire: Wire, system: str) -> Samples:
    """Return what someone said. Raises Failure `sound.recorded_silence` where there is nothing to play."""
    try:
        passed = list(listen_in_steps(microphone, wire, PLAYBACK_S, "sound.recording"))
    except Failure:
        still_there(microphone.device.name, system)
        raise
    samples = microphone.heard()[passed[0] : passed[-1]]
    if measure_levels(samples, RATE).silent:
        raise Failure("sound.recorded_silence", device=microphone.device.name)
    return samples


def _chirps() -> Samples:
    rest = np.zeros(round(_REST_S * RATE), np.int16)
    return np.concatenate([rest, *[part for _one in range(_CHIRPS) for part in (chirp(RATE), rest)]])


def _play(speaker: Speaker, samples: Samples, wire: Wire, code: str) -> None:
    """Play to the end, telling how far it is."""
    speaker.play(samples)
    for left in speaker.playing():
        wire.progress(code, 1 - left / len(samples), device=speaker.device.name, left_s=round(left / RATE, 2))
    speaker.finish()
