"""A tariff: what one meeting is said to have avoided, on which basis. Amounts are integer rupiah."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from vcops.domain.texts import Closed, Identifier, Text, fault, raise_faults, repeated

__all__ = ["Component", "Method", "Per", "Tariff"]

Method = Literal["flat", "per_head", "none"]
"""flat: an amount a meeting (Kalimantan Barat's way); per_head: an amount a person; none: nothing is saved.
A flat and a per-head method are two different things and never mix inside one total."""
Per = Literal["meeting", "participant", "traveller"]
_Kind = Literal["hosted", "attended", "unstated"]
_ALL_KINDS: tuple[_Kind, ...] = ("hosted", "attended", "unstated")


class Component(Closed):
    """One avoided cost and its rate."""

    id: Identifier = Field(description="Short name, unique in the tariff: travel, catering")
    title: Text = Field(description="Name as printed")
    per: Per = Field(description="What the amount is for: one meeting, one participant, one traveller")
    amount: int = Field(ge=0, le=10**12, strict=True, description="Rupiah, a whole number without dots")
    kinds: tuple[_Kind, ...] = Field(
        default=_ALL_KINDS,
        description="Which meetings save it: attending saves travel, not the host's catering",
    )
    source: str = Field(default="", description="The regulation's item, or the document's page")


class NotCounted(Closed):
    """A cost that the basis names and does not value; printed as `tidak dihitung`, never as Rp0."""

    id: Identifier = Field(description="Short name, unique in the tariff")
    title: Text = Field(description="Name as printed")


class Tariff(Closed):
    """A dated table of rates with its basis. Versions never overwrite each other: a new one is a new id."""

    id: Identifier = Field(description="Unique name of the tariff, usually region and year: kalbar-2020")
    title: Text = Field(description="Name as printed")
    basis: Text = Field(description="The regulation, or what it rests on if it is none")
    regulation: bool = Field(description="Whether the basis is a regulation; false prints as an assumption")
    year: int = Field(ge=1945, le=2200, description="Fiscal year of the rates")
    region: str = Field(default="", description="Where the rates hold")
    valid_from: date = Field(description="First day, YYYY-MM-DD")
    valid_to: date | None = Field(
        default=None, description="Last day, YYYY-MM-DD; without it the tariff stays in force"
    )
    method: Method = Field(
        description="flat: an amount a meeting; per_head: an amount a person; none: nothing is saved"
    )
    components: tuple[Component, ...] = Field(default=(), description="The valued costs")
    not_counted: tuple[NotCounted, ...] = Field(
        default=(), description="Costs that the basis names and does not value: printed as 'tidak dihitung'"
    )
    example: bool = Field(default=False, description="Ships as an example: used only when adopted or named")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        raise_faults(self._faults())
        return self

    def _faults(self) -> Iterator[PydanticCustomError]:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            yield fault("handbook.valid_to_before", "valid_to is before valid_from", at=("valid_to",))
        ids = [one.id for one in self.components] + [one.id for one in self.not_counted]
        for place in repeated(ids):
            valued = len(self.components)
            at = ("components", place) if place < valued else ("not_counted", place - valued)
            yield fault("handbook.duplicate_id", "duplicate id '{id}'", at=(*at, "id"), id=ids[place])
        if self.method == "none" and self.components:
            yield fault("handbook.method_none", "a tariff of method 'none' has no components", at=("components",))
        if self.method != "none" and not self.components:
            yield fault("handbook.no_components", "a tariff has components unless its method is 'none'", at=("method",))
        for place, one in enumerate(self.components):
            if self.method != "none" and (one.per == "meeting") != (self.method == "flat"):
                yield fault(
                    "handbook.mixed_method",
                    "a component per {per} cannot be held by a tariff of method '{method}'",
                    at=("components", place, "per"),
                    per=one.per,
                    method=self.method,
                )
