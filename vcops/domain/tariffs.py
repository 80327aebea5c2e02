"""A tariff: what one meeting is said to have avoided, on which basis. Amounts are integer rupiah."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from vcops.domain.texts import Closed, Identifier, Text

__all__ = ["Component", "Method", "Per", "Tariff"]

Method = Literal["flat", "per_head", "none"]
"""flat: an amount a meeting (Kalimantan Barat's way); per_head: an amount a person; none: nothing is saved.
A flat and a per-head method are two different things and never mix inside one total."""
Per = Literal["meeting", "participant", "traveller"]
_Kind = Literal["hosted", "attended", "unstated"]
_ALL_KINDS: tuple[_Kind, ...] = ("hosted", "attended", "unstated")


class Component(Closed):
    """One avoided cost and its rate."""

    id: Identifier
    title: Text
    per: Per = Field(description="What the amount is for: one meeting, one participant, one traveller")
    amount: int = Field(ge=0, le=10**12, strict=True, description="Rupiah, a whole number without dots")
    kinds: tuple[_Kind, ...] = Field(
        default=_ALL_KINDS,
        description="Which meetings save it: attending saves travel, not the host's catering",
    )
    source: str = Field(default="", description="The regulation's item, or the document's page")


class NotCounted(Closed):
    """A cost that the basis names and does not value; printed as `tidak dihitung`, never as Rp0."""

    id: Identifier
    title: Text


class Tariff(Closed):
    """A dated table of rates with its basis. Versions never overwrite each other: a new one is a new id."""

    id: Identifier
    title: Text
    basis: Text = Field(description="The regulation, or what it rests on if it is none")
    regulation: bool = Field(description="Whether the basis is a regulation; false prints as an assumption")
    year: int = Field(ge=1945, le=2200, description="Fiscal year of the rates")
    region: str = ""
    valid_from: date
    valid_to: date | None = None
    method: Method
    components: tuple[Component, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()
    example: bool = Field(default=False, description="Ships as an example: used only when adopted or named")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
        ids = [one.id for one in self.components] + [one.id for one in self.not_counted]
        for name in ids:
            if ids.count(name) > 1:
                raise ValueError(f"duplicate component id '{name}'")
        if (self.method == "none") == bool(self.components):
            raise ValueError("a tariff has components, unless its method is 'none'")
        for one in self.components:
            if (one.per == "meeting") != (self.method == "flat"):
                raise ValueError(
                    f"component '{one.id}' is per {one.per}, which a tariff of method '{self.method}' cannot hold"
                )
        return self
