"""What a microphone hears: somebody speaking in pauses and syllables, and what goes wrong on the way.

Samples are floats, 1 being full scale. Levels are dBFS as the sound check tells them: a sine at full scale has -3.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["RATE", "Sound", "as_samples", "clipped", "gated", "hum", "noise", "sine", "speech"]

RATE = 48_000
Sound = NDArray[np.float64]
_FORMANTS = ((500, 80, 1.0), (1500, 120, 0.35), (2500, 160, 0.12), (3500, 250, 0.05))
"""Centre and width in Hz, and strength: a voice falls by some 12 dB an octave."""


def speech(seconds: float, active_dbfs: float = -24.0, noise_dbfs: float = -60.0, seed: int = 1) -> Sound:
    """Return a voice whose loud syllables have `active_dbfs`, over noise. The voice differs with `seed`."""
    random = np.random.default_rng(seed)
    count = round(seconds * RATE)
    pitch = random.uniform(95, 230) * (1 + 0.08 * _wander(count, 3.0, random))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    voice = np.zeros(count)
    for harmonic in range(1, 24):
        frequency = float(pitch.mean()) * harmonic
        gain = sum(strength / (1 + ((frequency - centre) / width) ** 2) for centre, width, strength in _FORMANTS)
        voice += (gain + 0.2 / harmonic) * np.sin(harmonic * phase + random.uniform(0, 6.28))
    voice *= _syllables(count, random)
    frames = voice[: count // 2400 * 2400].reshape(-1, 2400)
    loud = np.percentile(np.sqrt(np.mean(frames**2, axis=1)), 95)
    return voice * 10 ** (active_dbfs / 20) / loud + noise(seconds, noise_dbfs, seed + 1000)


def noise(seconds: float, dbfs: float, seed: int = 2) -> Sound:
    """Return white noise of that level."""
    return 10 ** (dbfs / 20) * np.random.default_rng(seed).standard_normal(round(seconds * RATE))


def sine(seconds: float, peak_dbfs: float, hertz: float = 440.0) -> Sound:
    """Return a sine whose peak has that level; its own is 3 dB lower."""
    return 10 ** (peak_dbfs / 20) * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)


def hum(seconds: float, dbfs: float, first_hertz: float = 50.0) -> Sound:
    """Return mains hum: the line and its harmonics, all together of that level."""
    lines = sum(sine(seconds, -4.0 * order, first_hertz * (order + 1)) for order in range(5))
    return 10 ** (dbfs / 20) * lines / np.sqrt(np.mean(np.square(lines)))


def clipped(sound: Sound, gain_db: float) -> Sound:
    """Return the sound so much louder, cut off at full scale."""
    return np.clip(sound * 10 ** (gain_db / 20), -1, 1)


def gated(sound: Sound, below_dbfs: float = -45.0) -> Sound:
    """Return the sound with exactly nothing wherever a twentieth of a second is softer than that."""
    frames = sound[: len(sound) // 2400 * 2400].reshape(-1, 2400)
    heard = np.sqrt(np.mean(frames**2, axis=1)) > 10 ** (below_dbfs / 20)
    return (frames * heard[:, None]).ravel()


def as_samples(sound: Sound) -> NDArray[np.int16]:
    """Return it as a microphone gives it, in 16 bits."""
    return np.round(np.clip(sound, -1, 1) * 32767).astype(np.int16)


def _syllables(count: int, random: Any) -> Sound:
    """Return the loudness over time: syllables of 0.12 to 0.3 s, and a pause after every few."""
    envelope = np.zeros(count)
    at = round(random.uniform(0, 0.2) * RATE)
    while at < count:
        for _syllable in range(random.integers(3, 8)):
            length = round(random.uniform(0.12, 0.3) * RATE)
            shape = np.sin(np.pi * np.arange(length) / length) ** 0.7 * random.uniform(0.4, 1.0)
            room = max(min(length, count - at), 0)
            envelope[at : at + room] = shape[:room]
            at += round(length * 1.05)
        at += round(random.uniform(0.25, 0.6) * RATE)
    return envelope


def _wander(count: int, hertz: float, random: Any) -> Sound:
    points = random.uniform(-1, 1, max(round(count / RATE * hertz), 2) + 1)
    return np.interp(np.linspace(0, len(points) - 1, count), np.arange(len(points)), points)
