"""The example's runs: a room that passed, one being prepared, one that is ready with a note."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from vcops.domain.frozen import facts_to_json, freeze, standards_of
from vcops.domain.journal import digest_of
from vcops.domain.meeting_facts import Facts
from vcops.domain.metrics import Value
from vcops.domain.procedures import Procedure, Step
from vcops.domain.readings import Reading
from vcops.operations.demands import demanded

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace
    from vcops.store.writing import Change

__all__ = ["ExampleRuns"]

PROCEDURE = "video-conference"
PLATFORM = "zoom"
FACTS = Facts(kind="hosted", mode="hybrid", participants=120)
MEASURED: dict[str, dict[str, Value]] = {
    "connection": {"download_mbps": 84.2, "upload_mbps": 41.7, "latency_ms": 18, "jitter_ms": 3.1},
    "camera": {"frame_width_px": 1280, "frame_height_px": 720, "fps": 29.8, "luma_mean": 121},
    "platform": {},
    "sound": {
        "mic_silent": False, "mic_active_dbfs": -24.6, "mic_peak_dbfs": -9.8, "mic_clipped_samples": 0,
        "mic_snr_db": 31.4, "mic_hum_db": 2.1, "echo_heard_ratio": 148.0, "echo_delay_ms": 96.0,
        "echo_above_voice_db": -8.7,
    },
}  # fmt: skip
COUNTED = {"seats_count": 40, "spare_microphone_count": 1, "display_count": 2}
MINUTES_A_STEP = 1


class ExampleRuns:
    """Writes runs of the shipped procedure inside the example's transaction."""

    def __init__(self, change: Change, workplace: Workplace, new_id: Callable[[], str]) -> None:
        self.change, self.new_id = change, new_id
        self.procedure: Procedure = workplace.handbook.procedures[PROCEDURE]
        needs = demanded(workplace, PLATFORM, "", FACTS.participants)
        text = freeze(self.procedure, standards_of(self.procedure, workplace.handbook.standards, needs))
        self.digest = digest_of(text)
        from vcops.store import tables

        change.insert(tables.Frozen, {"id": self.digest, "text": text})

    def walked(self, room_id: str, meeting_id: str | None, begin: datetime, *, steps: int = 0, note: str = "") -> None:
        """Write a run begun at `begin`: so many steps, or (0) all before the gate and its decision.

        With a note the last step before the gate is skipped for that reason, and the decision is an override.
        """
        from vcops.store import tables

        run_id = self.change.insert(
            tables.Run,
            {
                "id": self.new_id(), "procedure_id": PROCEDURE, "version": self.procedure.version,
                "digest": self.digest, "facts": facts_to_json(FACTS), "room_id": room_id, "meeting_id": meeting_id,
                "started_at": begin, "started_by": self.change.actor,
            },
        )  # fmt: skip
        phase = next(one for one in self.procedure.phases if one.gate)
        assert phase.gate is not None
        before = list(self.procedure.steps_before(phase.gate.id, FACTS))
        answered = before[:steps] if steps else before
        attempts = list(self._attempts(run_id, answered, begin))
        if note:
            required = [at for at, step in enumerate(answered) if step.required and not step.check]
            attempts[required[-1]] |= {
                "outcome": "skipped",
                "reason": note,
                "verdict": None,
                "readings": "[]",
                "value": "",
            }
        self.change.insert_many(tables.Attempt, attempts)
        if not steps:
            self._decide(run_id, phase.gate.id, begin + timedelta(minutes=len(before)), note, attempts)

    def _attempts(self, run_id: str, steps: Sequence[Step], begin: datetime) -> Iterator[dict[str, Any]]:
        for minutes, step in enumerate(steps):
            at = begin + timedelta(minutes=minutes * MINUTES_A_STEP)
            yield {
                "id": self.new_id(), "run_id": run_id, "step": step.id, "by": self.change.actor, "at": at,
                "outcome": "measured" if step.check else "done", **_found(step, at),
            }  # fmt: skip

    def _decide(self, run_id: str, gate: str, at: datetime, note: str, attempts: Sequence[dict[str, Any]]) -> None:
        from vcops.store import tables

        blockers = [one["step"] for one in attempts if one["outcome"] == "skipped"]
        self.change.insert(
            tables.Decision,
            {
                "id": self.new_id(), "run_id": run_id, "gate": gate, "ready": "override" if note else "ready",
                "by": self.change.actor, "at": at, "reason": note, "blockers": json.dumps(blockers),
            },
        )  # fmt: skip


def _found(step: Step, at: datetime) -> dict[str, Any]:
    """Return verdict, readings and value of a step that went well."""
    from vcops.store.runs import write_readings

    if step.check is not None:
        values = MEASURED.get(step.check.instrument, {})
        readings = [Reading(metric, value, at, instrument="contoh") for metric, value in values.items()]
        return {"verdict": "pass", "readings": write_readings(readings)}
    if step.record is not None and step.record.metric in COUNTED:
        value = COUNTED[step.record.metric]
        readings = [Reading(step.record.metric, value, at, instrument="contoh")]
        return {"verdict": "pass", "readings": write_readings(readings), "value": str(value)}
    if step.record is not None and step.record.choices:
        best = step.record.choices[0]
        return {"value": best.id, "verdict": best.verdict}
    return {"value": "1 lokasi"} if step.record is not None else {}
