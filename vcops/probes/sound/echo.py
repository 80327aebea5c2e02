"""The chirp that is played, and how it is found again in what the microphone heard. Pure.

A matched filter: the recording is correlated with the chirp. What is not the chirp spreads over all delays, the chirp
adds up at one. How far that peak stands above the median says whether the loudspeaker is heard at the microphone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vcops.probes.sound.levels import FULL, Samples

__all__ = ["CHIRP_S", "HEARD_RATIO", "NOMINAL_DBFS", "Echo", "above_voice_db", "chirp", "clock_of", "find_chirp"]

CHIRP_S = 0.5
_LOW_HZ, _HIGH_HZ = 300.0, 6000.0
_PEAK = 0.25
"""-12 dBFS: clearly heard at a volume at which people are, and far from hurting."""
_FADE_S = 0.01
HEARD_RATIO = 20.0
"""Above this the chirp is there. Of 400 each, no noise reached 9 and no voice 10."""
_MOST_RATIO = 9999.0
_NO_GAIN_DB = -100.0
NOMINAL_DBFS = -26.0
"""The level of a voice that is neither loud nor soft in telephony: ITU-T P.56 speech is set to -26 dBov, which is dBFS
as it is told here."""


@dataclass(frozen=True, slots=True)
class Echo:
    """What the filter found: peak over median, at which sample the chirp began, and how much of it came back in dB."""

    ratio: float
    at: int
    gain_db: float = _NO_GAIN_DB


def chirp(rate: int) -> Samples:
    """Return the chirp: from 300 to 6000 Hz, evenly in time, with soft ends so that nothing clicks."""
    time = np.arange(round(rate * CHIRP_S)) / rate
    phase = 2 * np.pi * (_LOW_HZ * time + (_HIGH_HZ - _LOW_HZ) * time * time / (2 * CHIRP_S))
    fade = np.minimum(1.0, np.minimum(time, CHIRP_S - time) / _FADE_S)
    return np.round(_PEAK * FULL * fade * np.sin(phase)).astype(np.int16)


def find_chirp(heard: Samples, rate: int) -> Echo:
    """Look for the whole chirp in `heard`, which is at least as long."""
    wanted = chirp(rate).astype(np.float64)
    size = 1 << (len(heard) + len(wanted) - 1).bit_length()
    spectrum = np.fft.rfft(heard.astype(np.float64), size) * np.conj(np.fft.rfft(wanted, size))
    found: NDArray[np.float64] = np.abs(np.fft.irfft(spectrum, size)[: max(len(heard) - len(wanted) + 1, 1)])
    at = int(found.argmax())
    peak, median = float(found[at]), float(np.median(found))
    if peak <= 0 or len(heard) < len(wanted):
        return Echo(0.0, 0)
    gain = peak / float(np.square(wanted).sum())  # 1 where the chirp came back sample for sample
    return Echo(min(peak / max(median, peak / _MOST_RATIO), _MOST_RATIO), at, 20 * float(np.log10(gain)))


def above_voice_db(echo: Echo, voice_dbfs: float) -> float:
    """Return by how much the other side is louder at the microphone than who speaks in the room.

    The other side's voice is taken to be of the nominal level; what its strongest way back leaves of it is the gain.
    Above 0 an echo canceller has more echo to take away than there is voice to keep.
    """
    return NOMINAL_DBFS + echo.gain_db - voice_dbfs


def clock_of(stamps: Sequence[tuple[float, int]], rate: int) -> float:
    """Return at which second sample 0 passed, from (second, samples so far) of every block that passed.

    A block may come late, never early: the earliest of what the blocks say is the one that did not wait.
    """
    return min(second - count / rate for second, count in stamps)
