"""A reading: one metric measured once, with what is needed to argue about it later."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from vcops.domain.metrics import METRICS, Value

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What an instrument found.

    `value` is None only where nothing was measured; `note` then says why, as a code. `low` and `high` are the
    ends of the 95 % interval where there is one, `samples` how many observations stand behind the value.
    `at` is an aware UTC time. A `partial` reading comes from a check that was cut short. `subject` is what the metric
    was read of where the metric alone does not say: the server, the interface, the addresses that did not answer; it
    is fit to be shown.
    """

    metric: str
    value: Value | None
    at: datetime
    instrument: str = ""
    how: str = ""
    low: float | None = None
    high: float | None = None
    samples: int | None = None
    partial: bool = False
    note: str | None = None
    bytes_mb: float | None = None
    subject: str = ""

    def __post_init__(self) -> None:
        if self.metric not in METRICS:
            raise ValueError(f"unknown metric {self.metric!r}")
        if isinstance(self.value, float) and not math.isfinite(self.value):
            raise ValueError(f"{self.metric} is not a finite number")

    @property
    def unit(self) -> str:
        """The metric's unit."""
        return METRICS[self.metric].unit

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON values; `from_json` reads them back."""
        return asdict(self) | {"at": self.at.astimezone(UTC).isoformat().replace("+00:00", "Z")}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Reading:
        """Read what `as_json` wrote. Unknown keys are an error, as is an unknown metric."""
        return cls(**(data | {"at": datetime.fromisoformat(data["at"])}))
