"""An office's standard, and how a reading is judged against it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from vcops.domain.metrics import METRICS, Instrument, Judged, Metric, Value
from vcops.domain.needs import Needs
from vcops.domain.readings import Reading
from vcops.domain.texts import Closed, Identifier, Text, fault, raise_faults
from vcops.domain.verdicts import Verdict, whole

__all__ = [
    "NEEDED", "Bound", "MetricName", "Requirement", "ResolvedStandard", "Standard", "bound_text", "judge", "judge_all",
    "standard_from_json",
]  # fmt: skip

NEEDED = ("needed", "needed-bare")
"""Bounds reckoned from the meeting: what it needs with head-room, and without."""
_RECKONED = ("download_mbps", "upload_mbps")
"""The metrics that such a bound may stand for."""


def _read_bound(value: object) -> object:
    """Sort out numbers, pairs and yes/no, so that a wrong one is one fault and not one for each form."""
    if isinstance(value, bool):
        return value
    if _is_number(value):
        return float(value)  # type: ignore[arg-type]
    if value in ("yes", "no"):
        return value == "yes"
    if isinstance(value, str) and value in NEEDED:
        return value
    if isinstance(value, list | tuple) and len(value) == 2 and all(_is_number(one) for one in value):
        return tuple(float(one) for one in value)
    raise fault("handbook.not_a_bound", "a bound is a number, [low, high], yes/no, or needed")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


Bound = Annotated[
    bool | float | tuple[float, float] | Literal["needed", "needed-bare"],
    BeforeValidator(
        _read_bound,
        json_schema_input_type=bool | float | tuple[float, float] | Literal["yes", "no", "needed", "needed-bare"],
    ),
]
"""A number, `[low, high]`, or yes/no: as the metric is judged; or `needed`, reckoned from the meeting."""


def _read_necessity(value: object) -> object:
    if isinstance(value, bool) or value == "if-measured":
        return value
    if value in ("yes", "no"):
        return value == "yes"
    raise fault("handbook.not_a_necessity", "yes, no or if-measured")


Necessity = Annotated[
    bool | Literal["if-measured"],
    BeforeValidator(_read_necessity, json_schema_input_type=bool | Literal["yes", "no", "if-measured"]),
]
"""Whether a requirement counts: always, never, or once it was measured."""


def _known_metric(name: str) -> str:
    if name not in METRICS:
        raise fault("handbook.unknown_metric", "unknown metric '{value}'", value=name)
    return name


MetricName = Annotated[str, AfterValidator(_known_metric), Field(json_schema_extra={"enum": list(METRICS)})]
"""A metric's id, such as `fps` or `download_mbps`."""


class Requirement(Closed):
    """One metric with its bounds. Inside `pass` is PASS, inside `warn` WARN, outside both FAIL."""

    metric: MetricName = Field(description="A metric's id, such as `fps` or `download_mbps`")
    pass_: Bound = Field(
        alias="pass",
        description="The bound that must be met: a number, `[low, high]`, or yes/no, as the metric is judged; for "
        "download_mbps and upload_mbps also `needed` (what the meeting asks, with head-room) or `needed-bare`",
    )
    warn: Bound | None = Field(default=None, description="A looser bound that is met with a warning")
    required: Necessity = Field(
        default=True,
        description="Whether it counts for the whole; optional ones are only shown, and `if-measured` counts once "
        "there is a reading: where nothing answers over UDP there is no loss to judge",
    )
    source: str = Field(min_length=1, description="Where the bound comes from: a document, a measurement, a proposal")
    remedy: Text | None = Field(default=None, description="What to do when it is not met")

    @model_validator(mode="after")
    def _fits_its_metric(self) -> Self:
        raise_faults(self._faults())
        return self

    def counts(self, reading: Reading | None) -> bool:
        """Whether it counts for the whole, given what was read."""
        return self.required is True or (
            self.required == "if-measured" and reading is not None and reading.value is not None
        )

    @property
    def reckoned(self) -> bool:
        """Whether a bound of it is still to be reckoned from the meeting."""
        return self.pass_ in NEEDED or self.warn in NEEDED

    def _faults(self) -> Iterator[PydanticCustomError]:
        metric = METRICS[self.metric]
        if metric.judged is Judged.SHOWN:
            yield fault("handbook.shown_only", "'{metric}' is shown only", at=("metric",), metric=metric.id)
            return
        wrong = [
            one for one in (_bound_fault(metric, "pass", self.pass_), _bound_fault(metric, "warn", self.warn)) if one
        ]
        yield from wrong
        if not wrong and self.warn is not None and not _no_stricter(metric, self.warn, self.pass_):
            yield fault(
                "handbook.warn_stricter",
                "warn ({warn}) is stricter than pass ({pass})",
                at=("warn",),
                **{"warn": bound_text(metric, self.warn), "pass": bound_text(metric, self.pass_)},
            )


_MEASURED_BY: dict[str, tuple[str, ...]] = {"connection": ("connection", "platform")}
"""A connection check reads the platform's ports and names on the way, so its standard may bound them too."""


class Standard(Closed):
    """Named requirements over the metrics of one instrument."""

    id: Identifier = Field(description="Unique name; the office's file of the same id overrides the shipped one")
    title: Text = Field(description="Name as shown and printed")
    instrument: Instrument = Field(description="Which check it is for; `room` is what a person counts")
    about: Text | None = Field(default=None, description="What the standard is for, and on what it rests")
    requirements: tuple[Requirement, ...] = Field(min_length=1, description="One metric each, in the order shown")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        raise_faults(self._faults())
        return self

    def resolved(self, needs: Needs | None) -> Standard:
        """Return the standard with numbers in place of `needed`; itself where it has none or nothing is known.

        A `needed` that stays is UNMEASURED: nobody can say what the link must carry.
        """
        if needs is None or not any(one.reckoned for one in self.requirements):
            return self
        requirements = tuple(_resolved(one, needs) for one in self.requirements)
        fields = {name: getattr(self, name) for name in Standard.model_fields} | {"requirements": requirements}
        return ResolvedStandard(**fields, needs=needs)

    def _faults(self) -> Iterator[PydanticCustomError]:
        seen: set[str] = set()
        for place, requirement in enumerate(self.requirements):
            at = ("requirements", place, "metric")
            if requirement.metric in seen:
                yield fault("handbook.bounded_twice", "'{metric}' is bounded twice", at=at, metric=requirement.metric)
            seen.add(requirement.metric)
            measured_by = METRICS[requirement.metric].instrument
            if measured_by not in _MEASURED_BY.get(self.instrument, (self.instrument,)):
                yield fault(
                    "handbook.other_instrument",
                    "'{metric}' is measured by '{measured_by}', not '{instrument}'",
                    at=at,
                    metric=requirement.metric,
                    measured_by=measured_by,
                    instrument=self.instrument,
                )
        if not any(one.required for one in self.requirements):
            yield fault("handbook.nothing_required", "without a required metric it never passes", at=("requirements",))

    def requirement(self, metric: str) -> Requirement | None:
        """Return the requirement over `metric`, if there is one."""
        return next((one for one in self.requirements if one.metric == metric), None)


class ResolvedStandard(Standard):
    """A standard whose `needed` has become numbers, with what they were reckoned from. Never written in YAML."""

    needs: Needs


def standard_from_json(data: Mapping[str, Any]) -> Standard:
    """Read back what `model_dump` wrote of a standard, resolved or not."""
    return (ResolvedStandard if "needs" in data else Standard).model_validate(data)


def _resolved(requirement: Requirement, needs: Needs) -> Requirement:
    if not requirement.reckoned:
        return requirement

    def reckoned(bound: Bound | None) -> Bound | None:
        return needs.bound(requirement.metric, bare=bound == "needed-bare") if bound in NEEDED else bound

    passing, warn = reckoned(requirement.pass_), reckoned(requirement.warn)
    assert not isinstance(passing, bool | tuple | str), "checked when it was read"
    if warn is not None:
        warn = min(warn, passing)  # type: ignore[type-var]  # one of the two was typed as a number: never stricter
    source = f"{requirement.source}: {needs.source}" if needs.source else requirement.source
    return requirement.model_copy(update={"pass_": passing, "warn": warn, "source": source})


def judge(requirement: Requirement, reading: Reading | None) -> Verdict:
    """Judge one reading.

    Without a value, with an interval that straddles a bound, or held against a bound that nobody has reckoned, it is
    UNMEASURED.
    """
    if reading is None or reading.value is None or requirement.reckoned:
        return Verdict.UNMEASURED
    points: list[Value] = [reading.value]
    points += [end for end in (reading.low, reading.high) if end is not None]
    # An interval wider than a bound's own range would look alike at both ends: the bound's edges inside it count too.
    points += [edge for edge in _edges(requirement) if min(points) < edge < max(points)]
    verdicts = {_judge_value(requirement, point) for point in points}
    return verdicts.pop() if len(verdicts) == 1 else Verdict.UNMEASURED


def judge_all(standard: Standard, readings: Mapping[str, Reading]) -> tuple[Verdict, dict[str, Verdict]]:
    """Judge a check: the whole's verdict, and each requirement's by metric. Optional ones never count."""
    parts = {one.metric: judge(one, readings.get(one.metric)) for one in standard.requirements}
    required = [parts[one.metric] for one in standard.requirements if one.counts(readings.get(one.metric))]
    return whole(required), parts


def bound_text(metric: Metric, bound: Bound) -> str:
    """Return the bound as the JSON contract writes it: `>= 720`, `<= 150`, `70..180`, `= no`, `needed`."""
    if isinstance(bound, str):
        return bound
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
    assert not isinstance(bound, str), "what is not reckoned is not judged"
    if isinstance(bound, tuple):
        return bound[0] <= value <= bound[1]
    if metric.judged is Judged.UP:
        return value >= bound
    if metric.judged is Judged.DOWN:
        return value <= bound
    return value == bound


def _edges(requirement: Requirement) -> list[float]:
    edges: list[float] = []
    for bound in (requirement.pass_, requirement.warn):
        if bound is not None and not isinstance(bound, bool | str):
            edges += bound if isinstance(bound, tuple) else (bound,)
    return edges


def _bound_fault(metric: Metric, name: str, bound: Bound | None) -> PydanticCustomError | None:
    """Return what is wrong with a bound: of the wrong form, or met by no value that the metric can take."""
    if bound is None:
        return None
    if isinstance(bound, str):
        return None if metric.id in _RECKONED else _unreckoned_fault(metric, name, bound)
    if not _fits(metric, bound):
        return _shape_fault(metric, name)
    if isinstance(bound, bool):
        return None
    low, high = bound if isinstance(bound, tuple) else (bound, bound)
    never = (
        low > high
        or (metric.judged is not Judged.DOWN and low > metric.highest)
        or (metric.judged is not Judged.UP and high < metric.lowest)
    )
    if not never:
        return None
    return fault(
        "handbook.never_met",
        "{bound} of '{metric}' can never be met",
        at=(name,),
        metric=metric.id,
        bound=bound_text(metric, bound),
        lowest=f"{metric.lowest:g}",
        highest=f"{metric.highest:g}",
    )


def _unreckoned_fault(metric: Metric, name: str, bound: str) -> PydanticCustomError:
    return fault(
        "handbook.bound_needed",
        "'{metric}' cannot be reckoned",
        at=(name,),
        metric=metric.id,
        bound=bound,
        expected=", ".join(_RECKONED),
    )


def _fits(metric: Metric, bound: Bound) -> bool:
    """Whether a bound has the form that the metric is judged by. A pair fits a number that must equal, too."""
    if metric.yes_no or isinstance(bound, bool):
        return metric.yes_no and isinstance(bound, bool)
    return isinstance(bound, tuple) == (metric.judged is Judged.RANGE) or metric.judged is Judged.EQUALS


def _shape_fault(metric: Metric, name: str) -> PydanticCustomError:
    if metric.yes_no:
        return fault("handbook.bound_yes_no", "'{metric}' is yes or no", at=(name,), metric=metric.id)
    if metric.judged is Judged.RANGE:
        return fault("handbook.bound_range", "'{metric}' takes [low, high]", at=(name,), metric=metric.id)
    return fault("handbook.bound_number", "'{metric}' takes a number", at=(name,), metric=metric.id)


def _no_stricter(metric: Metric, warn: Bound, passing: Bound) -> bool:
    """Whether everything that meets `passing` also meets `warn`. Both have the metric's form."""
    if isinstance(warn, str) or isinstance(passing, str):
        return (warn, passing) != ("needed", "needed-bare")
    if metric.yes_no:
        return True  # `warn` names the other answer: not what is wanted, and no more than a warning
    if metric.judged is Judged.UP:
        return warn <= passing  # type: ignore[operator]
    if metric.judged is Judged.DOWN:
        return warn >= passing  # type: ignore[operator]
    outer, inner = (one if isinstance(one, tuple) else (one, one) for one in (warn, passing))
    return outer[0] <= inner[0] and inner[1] <= outer[1]
