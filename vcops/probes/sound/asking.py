"""What a sound check is asked for, read and bounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vcops.probes.wire import Failure

__all__ = ["Request", "read"]

_SECONDS, _LEAST, _MOST = 4.0, 1.0, 60.0
_ROUND_S = 9.0
"""What a check may take beside listening: opening both devices, an idle server's first samples, the chirp."""
_PLAYED_S = 60.0


@dataclass(frozen=True, slots=True)
class Request:
    """One check. An empty device name is the system's default, an empty file name none."""

    microphone: str = ""
    speaker: str = ""
    seconds: float = _SECONDS
    chirp: bool = False
    record: str = ""
    play: str = ""

    @property
    def measures(self) -> bool:
        """Whether it listens; a request that only plays a file does not."""
        return not self.play or bool(self.record)

    @property
    def longest_seconds(self) -> float:
        """After so long the check hangs, whatever it does."""
        return _ROUND_S + (self.seconds if self.measures else 0.0) + (_PLAYED_S if self.play else 0.0)


def read(asked: dict[str, Any]) -> Request:
    """Read a request of JSON. Raises Failure `probe.bad_request` where it makes no sense."""
    try:
        seconds = float(asked.get("seconds") or _SECONDS)
    except (TypeError, ValueError) as error:
        raise Failure("probe.bad_request") from error
    if not _LEAST <= seconds <= _MOST:
        raise Failure("probe.bad_request")
    return Request(
        microphone=str(asked.get("microphone") or ""),
        speaker=str(asked.get("speaker") or ""),
        seconds=seconds,
        chirp=bool(asked.get("chirp")),
        record=str(asked.get("record") or ""),
        play=str(asked.get("play") or ""),
    )
