"""An office's standard, and how a reading is judged against it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from vcops.domain.metrics import METRICS, Instrument, Judged, Metric, Value
from vcops.domain.readings import Reading
from vcops.domain.texts import Closed, Identifier, Text
from vcops.domain.verdicts import Verdict, whole

__all__ = ["Bound", "Requirement", "Standard", "bound_text", "judge", "judge_all"]

Bound = Annotated[
    bool | float | tuple[float, float],
    Field(description="A number, `[low, high]`, or yes/no: as the metric is judged"),
]


class Requirement(Closed):
    """One metric with its bounds. Inside `pass` is PASS, inside `warn` WARN, outside both FAIL."""

    metric: str = Field(description="A metric's id, such as `fps` or `download_mbps`")
    pass_: Bound = Field(alias="pass", description="The bound that must be met")
    warn: Bound | None = Field(default=None, description="A looser bound that is met with a warning")
    required: bool = Field(default=True, description="Whether it counts for the whole; optional ones are only shown")
    source: str = Field(min_length=1, description="Where the bound comes from: a document, a measurement, a proposal")
    remedy: Text | None = Field(default=None, description="What to do when it is not met")

    @model_validator(mode="after")
    def _fits_its_metric(self) -> Self:
        metric = METRICS.get(self.metric)
        if metric is None:
            raise ValueError(f"unknown metric '{self.metric}'")
        for name, bound in (("pass", self.pass_), ("warn", self.warn)):
            if bound is not None:
                _check_shape(metric, name, bound)
                _check_possible(metric, name, bound)
        if self.warn is not None and not _no_stricter(metric, self.warn, self.pass_):
            raise ValueError(
                f"warn ({bound_text(metric, self.warn)}) is stricter than pass ({bound_text(metric, self.pass_)})"
            )
        return self


class Standard(Closed):
    """Named requirements over the metrics of one instrument."""

    id: Identifier
    title: Text
    instrument: Instrument = Field(description="Which check it is for")
    about: Text | None = Field(default=None, description="What the standard is for, and on what it rests")
    requirements: tuple[Requirement, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_metric_once(self) -> Self:
        seen: set[str] = set()
        for requirement in self.requirements:
            if requirement.metric in seen:
                raise ValueError(f"metric '{requirement.metric}' is bounded twice")
            seen.add(requirement.metric)
            measured_by = METRICS[requirement.metric].instrument
            if measured_by != self.instrument:
                raise ValueError(
                    f"metric '{requirement.metric}' is measured by '{measured_by}', not '{self.instrument}'"
                )
        return self

    def requirement(self, metric: str) -> Requirement | None:
        """Return the requirement over `metric`, if there is one."""
        return next((one for one in self.requirements if one.metric == metric), None)


def judge(requirement: Requirement, reading: Reading | None) -> Verdict:
    """Judge one reading. Without a value, or with an interval that straddles a bound, it is UNMEASURED."""
    if reading is None or reading.value is None:
        return Verdict.UNMEASURED
    ends: list[Value] = [reading.value]
    ends += [end for end in (reading.low, reading.high) if end is not None]
    verdicts = {_judge_value(requirement, end) for end in ends}
    return verdicts.pop() if len(verdicts) == 1 else Verdict.UNMEASURED


def judge_all(standard: Standard, readings: Mapping[str, Reading]) -> tuple[Verdict, dict[str, Verdict]]:
    """Judge a check: the whole's verdict, and each requirement's by metric. Optional ones never count."""
    parts = {one.metric: judge(one, readings.get(one.metric)) for one in standard.requirements}
    required = [parts[one.metric] for one in standard.requirements if one.required]
    return whole(required), parts


def bound_text(metric: Metric, bound: Bound) -> str:
    """Return the bound as the JSON contract writes it: `>= 720`, `<= 150`, `70..180`, `= no`."""
    if isinstance(bound, bool):
        return f"= {'yes' if bound else 'no'}"
    if isinstance(bound, tuple):
        return f"{bound[0]:g}..{bound[1]:g}"
    sign: Literal[">=", "<=", "="] = {Judged.UP: ">=", Judged.DOWN: "<="}.get(metric.judged, "=")  # type: ignore[assignment]
    return f"{sign} {bound:g}"


def _judge_value(requirement: Requirement, value: Value) -> Verdict:
    metric = METRICS[requirement.metric]
    if _meets(metric, value, requirement.pass_):
        return Verdict.PASS
    if requirement.warn is not None and _meets(metric, value, requirement.warn):
        return Verdict.WARN
    return Verdict.FAIL


def _meets(metric: Metric, value: Value, bound: Bound) -> bool:
    if isinstance(bound, tuple):
        return bound[0] <= value <= bound[1]
    if metric.judged is Judged.UP:
        return value >= bound
    if metric.judged is Judged.DOWN:
        return value <= bound
    return value == bound


def _check_shape(metric: Metric, name: str, bound: Bound) -> None:
    if metric.judged is Judged.SHOWN:
        raise ValueError(f"metric '{metric.id}' is shown only and cannot be bounded")
    expected = "yes or no" if metric.yes_no else "[low, high]" if metric.judged is Judged.RANGE else "a number"
    if metric.yes_no:
        fits = isinstance(bound, bool)
    elif metric.judged is Judged.RANGE:
        fits = isinstance(bound, tuple)
    else:
        fits = isinstance(bound, float) and not isinstance(bound, bool)
    if not fits:
        raise ValueError(f"{name} of '{metric.id}' must be {expected}")


def _check_possible(metric: Metric, name: str, bound: Bound) -> None:
    """Refuse a bound that no value the metric can take would ever meet."""
    if isinstance(bound, bool):
        return
    low, high = bound if isinstance(bound, tuple) else (bound, bound)
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError(f"{name} of '{metric.id}' must be a finite number")
    never = (
        low > high
        or (metric.judged in (Judged.UP, Judged.RANGE, Judged.EQUALS) and low > metric.highest)
        or (metric.judged in (Judged.DOWN, Judged.RANGE, Judged.EQUALS) and high < metric.lowest)
    )
    if never:
        raise ValueError(f"{name} of '{metric.id}' can never be met: {bound_text(metric, bound)}")


def _no_stricter(metric: Metric, warn: Bound, passing: Bound) -> bool:
    """Whether everything that meets `passing` also meets `warn`."""
    if isinstance(warn, tuple) and isinstance(passing, tuple):
        return warn[0] <= passing[0] and passing[1] <= warn[1]
    if isinstance(warn, tuple) or isinstance(passing, tuple) or metric.judged is Judged.EQUALS:
        return True
    return warn <= passing if metric.judged is Judged.UP else warn >= passing
