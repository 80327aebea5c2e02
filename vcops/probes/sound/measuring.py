"""Listens, plays, and tells what came of it, in the order in which it must happen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import miniaudio

from vcops.domain.metrics import Value
from vcops.probes.sound.asking import Request
from vcops.probes.sound.devices import Devices, chosen, connect
from vcops.probes.sound.echo import CHIRP_S, HEARD_RATIO, above_voice_db, chirp, find_chirp
from vcops.probes.sound.hum import hum_db
from vcops.probes.sound.levels import MicLevels, Samples, measure_levels
from vcops.probes.sound.meter import LevelMeter
from vcops.probes.sound.streams import RATE, Microphone, Speaker, in_time
from vcops.probes.wire import Failure, Wire

__all__ = ["answer", "devices_now", "listen_in_steps", "still_there"]

_CONNECT_S = 3.0
_FIRST_S = 4.0
"""An idle PulseAudio takes two seconds to its first samples."""
_SETTLE = round(0.3 * RATE)
"""Samples dropped at the start, where many devices click."""
_LONGEST_ECHO_S = 0.6
_LONGEST_GAP_S = 0.5
_RATE_OFF = 0.05
_UNEVEN_S = 0.005
"""A device whose clock moved by more got or gave its samples late meanwhile, and what it played came late too."""


@dataclass(slots=True)
class _Check:
    """One check under way."""

    request: Request
    wire: Wire
    microphone: Microphone
    speaker: Speaker | None
    system: str
    instrument: str

    def read(self, metric: str, value: Value, how: str, samples: int, note: str | None = None, **more: Any) -> None:
        """Tell one reading, with the device it was taken from."""
        rounded = value if isinstance(value, bool) else round(value, 2)
        subject = self.microphone.device.name
        self.wire.reading(
            metric, rounded, instrument=self.instrument, how=how, samples=samples, note=note, subject=subject, **more
        )


def answer(request: Request, wire: Wire) -> dict[str, Any]:
    """Do what is asked. Raises Failure; what was measured before it has been told by then.

    A loudspeaker that is missing or fails does not keep the microphone from being measured: it is told at the end.
    """
    wire.progress("sound.opening")
    found = devices_now()
    told: dict[str, Any] = {"system": found.backend}
    trouble: Failure | None = None
    speaker: Speaker | None = None
    if request.chirp:
        try:
            speaker = Speaker(chosen(found.speakers, request.speaker, "sound.no_speaker"))
            told["speaker"] = speaker.device.name
        except Failure as failure:
            trouble = failure
    microphone = Microphone(chosen(found.microphones, request.microphone, "sound.no_microphone"))
    told["microphone"] = microphone.device.name
    instrument = f"miniaudio {miniaudio.lib_version()} {found.backend.lower()}"
    _measure(_Check(request, wire, microphone, speaker, found.backend, instrument))
    if trouble is not None:
        raise trouble
    return told


def devices_now() -> Devices:
    """Return the devices there are now. Raises Failure `sound.no_answer` where nobody says."""
    return in_time(connect, _CONNECT_S, Failure("sound.no_answer"))


def still_there(name: str, system: str, *, speaker: bool = False) -> None:
    """Raise Failure where a device is gone.

    A sound server moves what was recorded from it, or played into it, to another one and says nothing.
    """
    found = devices_now()
    if found.backend != system:  # the server is gone, and another way to sound was found
        raise Failure("sound.no_answer")
    if name not in [one.name for one in (found.speakers if speaker else found.microphones)]:
        raise Failure("sound.speaker_vanished" if speaker else "sound.vanished", device=name)


def listen_in_steps(microphone: Microphone, wire: Wire, seconds: float, code: str) -> Iterator[int]:
    """Listen for so long and tell the level as progress of this code; yield how many samples had passed, step by step.

    The first yield is the sample at which listening began. Raises Failure.
    """
    meter = LevelMeter(RATE)
    wire.progress("sound.waiting")
    microphone.read(0, 1, patience=_FIRST_S)
    wanted = round(seconds * RATE)
    at, end = _SETTLE, _SETTLE + wanted
    yield at
    while at < end:
        step = microphone.read(at, min(meter.step, end - at))
        at += len(step)
        wire.progress(code, (at - _SETTLE) / wanted, left_s=round((end - at) / RATE, 2), **meter.take(step))
        yield at


def _measure(check: _Check) -> None:
    levels = _listen(check)
    if check.request.chirp and check.speaker is not None:
        _chirp(check, check.speaker, levels)


def _listen(check: _Check) -> MicLevels | None:
    """Measure the microphone, telling provisional levels every second; return its levels."""
    microphone, at, told_at = check.microphone, _SETTLE, _SETTLE
    try:
        for at in listen_in_steps(microphone, check.wire, check.request.seconds, "sound.listening"):
            if at - told_at >= RATE:
                _tell_levels(check, at, partial=True)
                told_at = at
        still_there(microphone.device.name, check.system)
    except Failure as failure:
        _tell_all(check, min(microphone.passed, _SETTLE + round(check.request.seconds * RATE)), partial=True)
        raise _why(check, failure) from failure
    return _tell_all(check, at, partial=False)


def _why(check: _Check, failure: Failure) -> Failure:
    """Return the failure, or that the device is gone where that is why it stopped."""
    try:
        still_there(check.microphone.device.name, check.system)
    except Failure as found:
        return found if found.code == "sound.vanished" else failure
    return failure


def _tell_all(check: _Check, end: int, *, partial: bool) -> MicLevels | None:
    """Tell the levels, and the hum where there are pauses to look for it in: a gate leaves none, and silence is one."""
    levels = _tell_levels(check, end, partial=partial)
    if levels is None or levels.silent or levels.gated:
        return levels
    hum = hum_db(check.microphone.heard()[_SETTLE:end], RATE)
    if hum is not None:
        check.read("mic_hum_db", hum, "mains-lines-in-pauses", levels.samples, partial=partial)
    return levels


def _tell_levels(check: _Check, end: int, *, partial: bool) -> MicLevels | None:
    samples = check.microphone.heard()[_SETTLE:end]
    if len(samples) < RATE // 10:
        return None
    levels = measure_levels(samples, RATE)
    count = levels.samples
    check.read("mic_silent", levels.silent, "all-samples-below-2", count, partial=partial)
    check.read(
        "mic_active_dbfs", levels.active_dbfs, "frames-50ms-95th-percentile", count, _noted(check), partial=partial
    )
    check.read("mic_peak_dbfs", levels.peak_dbfs, "highest-sample", count, partial=partial)
    check.read("mic_clipped_samples", float(levels.clipped), "runs-at-full-scale", count, partial=partial)
    if not levels.silent:  # silence has no noise floor
        check.read("mic_snr_db", levels.snr_db, "above-10th-percentile", count, _noted_pauses(levels), partial=partial)
    return levels


def _noted(check: _Check) -> str | None:
    if check.microphone.device.monitor:
        return "mic_is_monitor"
    if check.microphone.longest_gap_s > _LONGEST_GAP_S:
        return "sound_gaps"
    return "rate_changed" if abs(check.microphone.rate_seen / RATE - 1) > _RATE_OFF else None


def _noted_pauses(levels: MicLevels) -> str | None:
    if levels.gated:
        return "mic_gated"
    return "nobody_spoke" if levels.steady else None


def _chirp(check: _Check, speaker: Speaker, levels: MicLevels | None) -> None:
    """Play the chirp and look for it; once more where this machine was too busy to hand it over evenly."""
    check.wire.progress("sound.chirp", 1.0, device=speaker.device.name)
    try:
        heard, even = _play_and_hear(check.microphone, speaker)
        if not even:
            heard, even = _play_and_hear(check.microphone, speaker)
        still_there(speaker.device.name, check.system, speaker=True)
    except Failure as failure:
        raise _why_not_played(check, speaker, failure) from failure
    echo = find_chirp(heard, RATE)
    check.read("echo_heard_ratio", echo.ratio, "matched-filter", len(heard))
    if echo.ratio <= HEARD_RATIO:
        return
    check.read("echo_delay_ms", 1000 * echo.at / RATE, "matched-filter", len(heard), None if even else "sound_gaps")
    if levels is not None and not levels.silent and not levels.steady:  # else there was no voice to compare with
        above = above_voice_db(echo, levels.active_dbfs)
        check.read("echo_above_voice_db", above, "chirp-gain-against-voice", len(heard))


def _why_not_played(check: _Check, speaker: Speaker, failure: Failure) -> Failure:
    """Return the failure, or which device is gone where that is why it stopped."""
    try:
        still_there(speaker.device.name, check.system, speaker=True)
        still_there(check.microphone.device.name, check.system)
    except Failure as found:
        return found if found.code != "sound.no_answer" else failure
    return failure


def _play_and_hear(microphone: Microphone, speaker: Speaker) -> tuple[Samples, bool]:
    """Return what was heard from the moment on at which the chirp was handed over, and whether the clocks kept still.

    The echo's delay thus holds all that a meeting application has to bear: buffers, converters, air, buffers again.
    """
    speaker.settle()
    clocks = speaker.clock, microphone.clock
    given_at = speaker.play(chirp(RATE))
    begin = max(given_at + round((clocks[0] - clocks[1]) * RATE), 0)
    heard = microphone.read(begin, round((CHIRP_S + _LONGEST_ECHO_S) * RATE))
    moved = abs(speaker.clock - clocks[0]) + abs(microphone.clock - clocks[1])
    return heard, moved < _UNEVEN_S
