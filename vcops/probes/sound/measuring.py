"""Listens, plays, and tells what came of it, in the order in which it must happen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import miniaudio

from vcops.domain.metrics import Value
from vcops.probes.sound import files
from vcops.probes.sound.asking import Request
from vcops.probes.sound.devices import chosen, connect
from vcops.probes.sound.echo import CHIRP_S, HEARD_RATIO, chirp, find_chirp
from vcops.probes.sound.hum import hum_db
from vcops.probes.sound.levels import MicLevels, Samples, measure_levels
from vcops.probes.sound.meter import LevelMeter
from vcops.probes.sound.streams import RATE, Microphone, Speaker, in_time
from vcops.probes.wire import Failure, Wire

__all__ = ["answer"]

_CONNECT_S = 3.0
_FIRST_S = 4.0
"""An idle PulseAudio takes two seconds to its first samples."""
_SETTLE = round(0.3 * RATE)
"""Samples dropped at the start, where many devices click."""
_RECORDED_S = 3
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
    found = in_time(connect, _CONNECT_S, Failure("sound.no_answer"))
    told: dict[str, Any] = {"system": found.backend}
    trouble: Failure | None = None
    speaker: Speaker | None = None
    if request.chirp or request.play:
        try:
            speaker = Speaker(chosen(found.speakers, request.speaker, "sound.no_speaker"))
            told["speaker"] = speaker.device.name
        except Failure as failure:
            trouble = failure
    if request.measures:
        microphone = Microphone(chosen(found.microphones, request.microphone, "sound.no_microphone"))
        told["microphone"] = microphone.device.name
        instrument = f"miniaudio {miniaudio.lib_version()} {found.backend.lower()}"
        _measure(_Check(request, wire, microphone, speaker, found.backend, instrument))
    if trouble is not None:
        raise trouble
    if request.play and speaker is not None:
        _play_back(request.play, speaker, wire)
    return told


def _measure(check: _Check) -> None:
    end = _listen(check)
    if check.request.record:
        heard = check.microphone.heard()[max(end - _RECORDED_S * RATE, 0) : end]
        files.write(check.request.record, heard, RATE)
        check.wire.progress("sound.recorded", 1.0, file=check.request.record)
    if check.request.chirp and check.speaker is not None:
        _chirp(check, check.speaker)


def _listen(check: _Check) -> int:
    """Measure the microphone; return the number of samples at its end."""
    microphone, meter = check.microphone, LevelMeter(RATE)
    check.wire.progress("sound.waiting")
    microphone.read(0, 1, patience=_FIRST_S)
    wanted = round(check.request.seconds * RATE)
    at, end = _SETTLE, _SETTLE + wanted
    try:
        while at < end:
            step = microphone.read(at, min(meter.step, end - at))
            at += len(step)
            check.wire.progress("sound.listening", (at - _SETTLE) / wanted, **meter.take(step))
            if (at - _SETTLE) % RATE == 0 and at < end:
                _tell_levels(check, at, partial=True)
        _still_there(check)
    except Failure as failure:
        _tell_all(check, min(microphone.passed, end), partial=True)
        raise _why(check, failure) from failure
    _tell_all(check, end, partial=False)
    return end


def _still_there(check: _Check) -> None:
    """A sound server moves the recording of a device that is gone to another one, and says nothing."""
    found = in_time(connect, _CONNECT_S, Failure("sound.no_answer"))
    if found.backend != check.system:  # the server is gone, and another way to sound was found
        raise Failure("sound.no_answer")
    device = check.microphone.device.name
    if device not in [one.name for one in found.microphones]:
        raise Failure("sound.vanished", device=device)


def _why(check: _Check, failure: Failure) -> Failure:
    """Return the failure, or that the device is gone where that is why it stopped."""
    try:
        _still_there(check)
    except Failure as found:
        return found if found.code == "sound.vanished" else failure
    return failure


def _tell_all(check: _Check, end: int, *, partial: bool) -> None:
    """Tell the levels, and the hum where there are pauses to look for it in: a gate leaves none, and silence is one."""
    levels = _tell_levels(check, end, partial=partial)
    if levels is None or levels.silent or levels.gated:
        return
    hum = hum_db(check.microphone.heard()[_SETTLE:end], RATE)
    if hum is not None:
        check.read("mic_hum_db", hum, "mains-lines-in-pauses", levels.samples, partial=partial)


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


def _chirp(check: _Check, speaker: Speaker) -> None:
    """Play the chirp and look for it; once more where this machine was too busy to hand it over evenly."""
    check.wire.progress("sound.chirp", 1.0, device=speaker.device.name)
    heard, even = _play_and_hear(check.microphone, speaker)
    if not even:
        heard, even = _play_and_hear(check.microphone, speaker)
    echo = find_chirp(heard, RATE)
    check.read("echo_heard_ratio", echo.ratio, "matched-filter", len(heard))
    if echo.ratio > HEARD_RATIO:
        delay_ms, note = 1000 * echo.at / RATE, None if even else "sound_gaps"
        check.read("echo_delay_ms", delay_ms, "matched-filter", len(heard), note)


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


def _play_back(file: str, speaker: Speaker, wire: Wire) -> None:
    samples = files.read(file, RATE)
    wire.progress("sound.playing", None, file=file, seconds=round(len(samples) / RATE, 1))
    speaker.play(samples)
    speaker.finish()
