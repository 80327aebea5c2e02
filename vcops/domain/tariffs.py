"""A tariff: what one meeting is said to have avoided, on which basis. Amounts are integer rupiah."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from vcops.domain.texts import Closed, Identifier, Text, fault, raise_faults, repeated

__all__ = ["Component", "Eligibility", "Method", "OwnCost", "Per", "Tariff", "rates_of"]

Method = Literal["flat", "per_head", "itemised", "none"]
"""flat: an amount a meeting (Kalimantan Barat's way); per_head: travellers times their itinerary and heads times the
catering; itemised: the items of a regulation under its rules of who is entitled; none: nothing is saved.
They are different things and never mix inside one total."""
Per = Literal["meeting", "participant", "traveller"]
"""participant: a head that took part and did not sit in the room, where it eats and drinks all the same."""
_Kind = Literal["hosted", "attended", "unstated"]
_ALL_KINDS: tuple[_Kind, ...] = ("hosted", "attended", "unstated")


class Component(Closed):
    """One avoided cost and its rate."""

    id: Identifier = Field(description="Short name, unique in the tariff: travel, catering")
    title: Text = Field(description="Name as printed")
    per: Per = Field(description="What the amount is for: one meeting, one participant, one traveller")
    amount: int = Field(ge=0, le=10**12, strict=True, description="Rupiah, a whole number without dots")
    times: int = Field(
        default=1, ge=1, le=366, strict=True, description="How often a head or meeting needs it: days, nights, legs"
    )
    unit: Text | None = Field(default=None, description="The unit as the regulation writes it: OH, OK, orang/kali")
    destinations: tuple[str, ...] = Field(
        default=(), description="Only for meetings that would have led there; without it for every meeting"
    )
    kinds: tuple[_Kind, ...] = Field(
        default=_ALL_KINDS,
        description="Which meetings save it: attending saves travel, not the host's catering",
    )
    source: str = Field(default="", description="The regulation's item, or the document's page")


class NotCounted(Closed):
    """A cost that the basis names and does not value; printed as `tidak dihitung`, never as Rp0."""

    id: Identifier = Field(description="Short name, unique in the tariff")
    title: Text = Field(description="Name as printed")


class OwnCost(Closed):
    """What the office pays for meeting at a distance; deducted from the gross amount and never hidden in it."""

    id: Identifier = Field(description="Short name, unique in the tariff: licence, link, data-package")
    title: Text = Field(description="Name as printed")
    per: Literal["month", "meeting"] = Field(
        description="What the amount is for: a month, or a meeting held at a distance"
    )
    amount: int = Field(ge=0, le=10**12, strict=True, description="Rupiah, a whole number without dots")
    source: str = Field(default="", description="The contract, the invoice or the budget line")


class Eligibility(Closed):
    """Who is entitled to which item. The rules belong to a tariff's year, not to the program.

    Each list names components; a component that no list names is due without these questions.
    """

    least_minutes: int = Field(default=0, ge=0, le=1440, strict=True, description="Shorter meetings get none of them")
    face_to_face: bool = Field(
        default=False, description="Whether it must be stated that the meeting would have been held face to face"
    )
    outside: tuple[Identifier, ...] = Field(
        default=(), description="Due where another agency, echelon-I unit or an outside party takes part"
    )
    other_unit: tuple[Identifier, ...] = Field(
        default=(), description="Due where another satker or echelon-II unit takes part, and nobody from outside"
    )
    own_unit: tuple[Identifier, ...] = Field(default=(), description="Due where the own unit is among itself")

    @property
    def governed(self) -> frozenset[str]:
        """The components that these rules decide about."""
        return frozenset((*self.outside, *self.other_unit, *self.own_unit))


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
        description="flat: an amount a meeting; per_head: an amount a person; itemised: a regulation's items under its "
        "rules of eligibility; none: nothing is saved"
    )
    components: tuple[Component, ...] = Field(default=(), description="The valued costs")
    not_counted: tuple[NotCounted, ...] = Field(
        default=(), description="Costs that the basis names and does not value: printed as 'tidak dihitung'"
    )
    eligibility: Eligibility | None = Field(
        default=None, description="Only for method itemised: who is entitled to which item"
    )
    own_costs: tuple[OwnCost, ...] = Field(default=(), description="What meeting at a distance costs the office")
    example: bool = Field(default=False, description="Ships as an example: used only when adopted or named")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        raise_faults(self._faults())
        return self

    def _faults(self) -> Iterator[PydanticCustomError]:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            yield fault("handbook.valid_to_before", "valid_to is before valid_from", at=("valid_to",))
        yield from self._repeated_ids()
        if self.method == "none" and self.components:
            yield fault("handbook.method_none", "a tariff of method 'none' has no components", at=("components",))
        if self.method != "none" and not self.components:
            yield fault("handbook.no_components", "a tariff has components unless its method is 'none'", at=("method",))
        for place, one in enumerate(self.components):
            if (self.method == "flat" and one.per != "meeting") or (self.method == "per_head" and one.per == "meeting"):
                yield fault(
                    "handbook.mixed_method",
                    "a component per {per} cannot be held by a tariff of method '{method}'",
                    at=("components", place, "per"),
                    per=one.per,
                    method=self.method,
                )
        yield from self._eligibility_faults()

    def _repeated_ids(self) -> Iterator[PydanticCustomError]:
        found = [
            *(("components", place, one.id) for place, one in enumerate(self.components)),
            *(("not_counted", place, one.id) for place, one in enumerate(self.not_counted)),
            *(("own_costs", place, one.id) for place, one in enumerate(self.own_costs)),
        ]
        for at in repeated([name for _list, _place, name in found]):
            name, place, known = found[at]
            yield fault("handbook.duplicate_id", "duplicate id '{id}'", at=(name, place, "id"), id=known)

    def _eligibility_faults(self) -> Iterator[PydanticCustomError]:
        rules = self.eligibility
        if rules is not None and self.method != "itemised":
            yield fault(
                "handbook.eligibility_method", "only a tariff of method 'itemised' has rules", at=("eligibility",)
            )
            return
        known = {one.id for one in self.components}
        for name in ("outside", "other_unit", "own_unit") if rules is not None else ():
            for place, item in enumerate(getattr(rules, name)):
                if item not in known:
                    yield fault(
                        "handbook.eligibility_unknown", "no component '{id}'", at=("eligibility", name, place), id=item
                    )
        governed = rules.governed if rules is not None else frozenset()
        for place, one in enumerate(self.components):
            if self.method == "itemised" and one.per == "participant" and one.id not in governed:
                yield fault(
                    "handbook.eligibility_missing",
                    "no rule says who is entitled to '{id}'",
                    at=("components", place, "id"),
                    id=one.id,
                )


def rates_of(tariff: Tariff) -> Hashable:
    """Return all of a tariff that an amount depends on; two that agree in it differ in words only."""
    return (
        tariff.id,
        tariff.method,
        tariff.year,
        tariff.regulation,
        tuple((one.id, one.per, one.amount, one.times, one.destinations, one.kinds) for one in tariff.components),
        tuple(one.id for one in tariff.not_counted),
        tariff.eligibility,
        tuple((one.id, one.per, one.amount) for one in tariff.own_costs),
    )
