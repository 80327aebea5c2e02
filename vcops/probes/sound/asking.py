"""What a sound check is asked for, read and bounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from vcops.probes.wire import Failure

__all__ = ["PLAYBACK_S", "Deed", "Request", "read"]

Deed = Literal["measure", "playback", "sounding"]
"""`measure` reads and tells; the other two are for someone who listens: their own voice, or the chirp."""
PLAYBACK_S = 3.0
"""How long someone speaks before hearing it: enough for a sentence."""
_SECONDS, _LEAST, _MOST = 4.0, 1.0, 60.0
_ROUND_S = 9.0
"""What a check may take beside listening: opening both devices, an idle server's first samples, the chirp."""


@dataclass(frozen=True, slots=True)
class Request:
    """One check. An empty device name is the system's default."""

    microphone: str = ""
    speaker: str = ""
    seconds: float = _SECONDS
    chirp: bool = False
    deed: Deed = "measure"

    @property
    def longest_seconds(self) -> float:
        """After so long the check hangs, whatever it does."""
        return _ROUND_S + (self.seconds if self.deed == "measure" else 2 * PLAYBACK_S)


def read(asked: dict[str, Any]) -> Request:
    """Read a request of JSON. Raises Failure `probe.bad_request` where it makes no sense."""
    deed: Deed = asked.get("deed") or "measure"
    try:
        seconds = float(asked.get("seconds") or _SECONDS)
    except (TypeError, ValueError) as error:
        raise Failure("probe.bad_request") from error
    if not _LEAST <= seconds <= _MOST or deed not in get_args(Deed):
        raise Failure("probe.bad_request")
    return Request(
        microphone=str(asked.get("microphone") or ""),
        speaker=str(asked.get("speaker") or ""),
        seconds=seconds,
        chirp=bool(asked.get("chirp")),
        deed=deed,
    )
