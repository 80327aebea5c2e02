"""The recording that is played back: written as WAV, read from whatever miniaudio can decode."""

from __future__ import annotations

import os
import wave
from pathlib import Path

import miniaudio
import numpy as np

from vcops.probes.sound.levels import Samples
from vcops.probes.wire import Failure

__all__ = ["read", "write"]

_LARGEST = 64 * 1024 * 1024
_LONGEST_S = 60


def write(file: str, samples: Samples, rate: int) -> None:
    """Write a WAV file of 16 bits and one channel. People may be heard in it: only the owner may read it.

    Raises Failure `sound.not_written`.
    """
    try:
        descriptor = os.open(Path(file), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream, wave.open(stream, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(rate)
            sound.writeframes(samples.astype("<i2").tobytes())
    except OSError as error:
        raise Failure("sound.not_written", file=file, said=error.strerror or "") from error


def read(file: str, rate: int) -> Samples:
    """Return the first minute of a WAV, FLAC or MP3 file. Raises Failure `sound.no_file` or `sound.not_sound`."""
    path = Path(file)
    if not path.is_file():
        raise Failure("sound.no_file", file=file)
    try:
        if path.stat().st_size > _LARGEST:
            raise Failure("sound.not_sound", file=file)
        decoded = miniaudio.decode_file(file, miniaudio.SampleFormat.SIGNED16, 1, rate)
    except (OSError, miniaudio.MiniaudioError) as error:
        raise Failure("sound.not_sound", file=file) from error
    samples = np.asarray(decoded.samples, dtype=np.int16)[: _LONGEST_S * rate]
    if not len(samples):
        raise Failure("sound.not_sound", file=file)
    return samples
