"""Mains hum: how far the lines at 50 Hz and its harmonics stand above the noise around them. Pure.

Indonesia's mains have 50 Hz. A bad cable or earth lets 50, 100, 150 ... Hz into the microphone, always equally loud,
so it is looked for where it is quietest: in the pauses of speech, whose own pitch would otherwise pass for hum.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vcops.probes.sound.levels import FULL, Samples

__all__ = ["hum_db"]

_MAINS_HZ, _HARMONICS = 50.0, 6
_WINDOW_S = 0.2
"""A window of 0.2 s gives lines every 5 Hz: those of the mains fall on one, and there is room between them."""
_QUIETEST = 0.3
_LEAST_WINDOWS = 3
_LOW_PERCENTILE = 20
_LEAST_RATIO = 0.01
_INAUDIBLE_DBFS = -80.0
"""Lines below this are heard by nobody; the floor is taken to be no lower."""


def hum_db(samples: Samples, rate: int) -> float | None:
    """Return by how many dB the strongest of the lines at 50 to 300 Hz stands above the noise beside it.

    At most about 5 without hum. None: there is not enough quiet with any noise in it, as behind a gate. Hum is in every
    quiet moment alike, the end of a syllable only in some: of the ratios over time one of the lowest counts.
    """
    quiet = _quiet_windows(samples, rate)
    if len(quiet) < _LEAST_WINDOWS:
        return None
    window = np.hanning(quiet.shape[1] + 1)[:-1]
    # Scaled so that the line of a sine has the sine's mean square.
    spectra = np.square(np.abs(np.fft.rfft((quiet - quiet.mean(axis=1, keepdims=True)) * window, axis=1)))
    power = spectra * (2 / window.sum() ** 2)
    return max(_above_its_floor(power, harmonic) for harmonic in range(1, _HARMONICS + 1))


def _quiet_windows(samples: Samples, rate: int) -> NDArray[np.float64]:
    """Return the quietest third of the overlapping windows, in parts of full scale; exact silence is no window."""
    length = round(rate * _WINDOW_S)
    starts = range(0, len(samples) - length + 1, length // 2)
    windows = np.array([samples[start : start + length] for start in starts], dtype=np.float64) / FULL
    if not len(windows):
        return windows
    heard = windows[np.count_nonzero(windows, axis=1) > length // 2]
    loudness = np.square(heard - heard.mean(axis=1, keepdims=True)).mean(axis=1) if len(heard) else np.empty(0)
    wanted = max(int(len(windows) * _QUIETEST), _LEAST_WINDOWS)
    quietest: NDArray[np.float64] = heard[np.argsort(loudness)[:wanted]]
    return quietest


def _above_its_floor(power: NDArray[np.float64], harmonic: int) -> float:
    line = round(harmonic * _MAINS_HZ * _WINDOW_S)
    beside = np.concatenate((power[:, line - 5 : line - 2], power[:, line + 3 : line + 6]), axis=1)
    floor = np.maximum(np.median(beside, axis=1), 10 ** (_INAUDIBLE_DBFS / 10))
    ratios = power[:, line - 1 : line + 2].max(axis=1) / floor
    return float(10 * np.log10(max(float(np.percentile(ratios, _LOW_PERCENTILE)), _LEAST_RATIO)))
