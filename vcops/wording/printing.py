"""What a printer says, in words."""

from __future__ import annotations

from vcops.domain.printing import JobState, PrintStage
from vcops.locale import N_, _

__all__ = ["stage_words"]

_STATES = {
    JobState.WAITING: N_("waits in the queue"),
    JobState.HELD: N_("waits in the queue of a printer that is stopped"),
    JobState.PRINTING: N_("printing"),
    JobState.DONE: N_("printed"),
    JobState.CANCELLED: N_("cancelled"),
    JobState.FAILED: N_("given up by the printer"),
    JobState.HANDED_OVER: N_("handed over to the system, which tells no more"),
}
_REASONS = {
    "paused": N_("paused"),
    "moving-to-paused": N_("paused"),
    "media-empty": N_("no paper"),
    "media-needed": N_("wants paper of this size"),
    "media-jam": N_("paper jam"),
    "media-low": N_("paper runs low"),
    "toner-empty": N_("no toner"),
    "toner-low": N_("toner runs low"),
    "marker-supply-empty": N_("no ink"),
    "marker-supply-low": N_("ink runs low"),
    "cover-open": N_("a cover is open"),
    "door-open": N_("a door is open"),
    "offline": N_("switched off, or not connected"),
    "connecting-to-device": N_("no answer yet"),
    "shutdown": N_("switched off"),
    "timed-out": N_("no answer"),
    "spool-area-full": N_("no room left for the job"),
    "other": N_("in trouble"),
}
_ENDINGS = ("-report", "-warning", "-error")


def stage_words(stage: PrintStage) -> str:
    """Return `waits in the queue of a printer that is stopped: paused; "kertas habis"`."""
    known = dict.fromkeys(_reason(one) for one in stage.reasons)
    parts = [one for one in known if one]
    if stage.said:
        parts.append(f"“{stage.said}”")
    state = _(_STATES[stage.state])
    return f"{state}: {'; '.join(parts)}" if parts else state


def _reason(name: str) -> str:
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return _(_REASONS[name]) if name in _REASONS else name
