"""Bands that roll through the picture because the light pulses with the mains.

Lamps on 50 Hz pulse 100 times a second. A camera that reads its rows one after the other at `fps` sees that pulse as
bands, which move at the difference between 100 Hz and the nearest multiple of its rate: 10 Hz at 30 frames a second.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from vcops.probes.camera.luma import Picture

__all__ = ["PULSE_HZ", "RowMeans", "beat_hz", "ripple_pct"]

PULSE_HZ = 100.0
"""Twice the 50 Hz of Indonesia's mains."""
_WINDOW_S = 2.0
_BANDS = 24
_SLOWEST_HZ = 1.0
"""A slower beat cannot be told from people who move."""
_FEWEST = 16

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(slots=True)
class RowMeans:
    """Keeps the mean luma of bands of rows, and looks at them every two seconds."""

    times: list[float] = field(default_factory=list)
    rows: list[Picture] = field(default_factory=list)
    ripples: list[float] = field(default_factory=list)
    unseen: bool = False
    """Whether a window passed in which the frame rate hid the beat."""

    def add(self, luma: Picture, at: float) -> None:
        """Take a luma copy that was there at `at` seconds."""
        means = cv2.reduce(luma, 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F)
        self.rows.append(cv2.resize(means, (1, _BANDS), interpolation=cv2.INTER_AREA).ravel())
        self.times.append(at)
        if at - self.times[0] >= _WINDOW_S:
            self._look()

    def _look(self) -> None:
        found = ripple_pct(np.array(self.times), np.array(self.rows, np.float64))
        if found is None:
            self.unseen = True
        else:
            self.ripples.append(found)
        self.times, self.rows = [], []

    @property
    def ripple(self) -> float | None:
        """The median over the windows, in percent of the brightness; None where none could be judged."""
        return float(np.median(self.ripples)) if self.ripples else None


def beat_hz(fps: float) -> float:
    """Return how fast the bands move at `fps` frames a second: 0 where they stand still."""
    return abs(PULSE_HZ - round(PULSE_HZ / fps) * fps)


def ripple_pct(times: Floats, rows: Floats) -> float | None:
    """Return the amplitude of the beat in percent of the mean; `rows` holds a line of band means for each time.

    What stirs at the neighbouring frequencies (people, exposure control) is taken off. None where the frame rate
    leaves no beat that could be told from movement: 25 and 50 frames a second divide 100 Hz.
    """
    if len(times) < _FEWEST or rows.mean() <= 0:
        return None
    fps = (len(times) - 1) / (times[-1] - times[0])
    beat = beat_hz(fps)
    if beat < _SLOWEST_HZ:
        return None
    swing = (rows - rows.mean(axis=0)) / np.maximum(rows.mean(axis=0), 1.0)
    near = beat + np.arange(-0.4, 0.41, 0.1)
    away = beat + np.concatenate([np.arange(-3.0, -1.4, 0.25), np.arange(1.5, 3.1, 0.25)])
    peak = _power(times, swing, near).max()
    floor = np.median(_power(times, swing, away[(away > 0.9) & (away < fps / 2)]))
    return 100 * float(np.sqrt(max(peak - floor, 0.0)))


def _power(times: Floats, swing: Floats, frequencies: Floats) -> Floats:
    """Return the squared amplitude at each frequency, averaged over the bands.

    A Fourier sum over the true times: frames do not come evenly enough for the fast transform.
    """
    if not frequencies.size:
        return np.zeros(1)
    window = np.hanning(len(times) + 2)[1:-1]
    waves = np.exp(-2j * np.pi * np.outer(frequencies, times - times[0])) * window
    amplitudes = 2 * np.abs(waves @ swing) / window.sum()
    return np.asarray((amplitudes**2).mean(axis=1))
