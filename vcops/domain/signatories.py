"""Who signs the office's papers, and in which capacity: in their own, acting (Plt., Plh.), or for another (a.n.)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

from vcops.domain.people import Person

__all__ = ["PARTS", "Capacity", "Part", "Signatory", "of_person"]

Part = Literal["made", "acknowledged"]
"""Below which words somebody signs: `Dibuat oleh,` or `Mengetahui,`."""
PARTS: tuple[Part, ...] = get_args(Part)


class Capacity(StrEnum):
    """On what ground somebody signs. The short forms are those of Indonesian papers, in every language."""

    OWN = ""
    """Holds the position."""
    PLT = "plt"
    """Pelaksana tugas: the position is vacant."""
    PLH = "plh"
    """Pelaksana harian: its holder is away for a while."""
    AN = "an"
    """Atas nama: on behalf of `principal`, whose position stands above the own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Somebody who signs. What is empty is left blank on paper. `principal` is for `a.n.` alone: for whom."""

    part: Part = "acknowledged"
    name: str = ""
    nip: str = ""
    position: str = ""
    capacity: Capacity = Capacity.OWN
    principal: str = ""

    @property
    def titles(self) -> tuple[str, ...]:
        """The lines that stand between the words and the signature, the last one with a comma after it on paper.

        `Plt. Kepala Dinas`; for `a.n.` two: `a.n. Kepala Dinas`, `Sekretaris`.
        """
        match self.capacity:
            case Capacity.AN if self.principal:
                return (f"a.n. {self.principal}", *([self.position] if self.position else []))
            case Capacity.PLT | Capacity.PLH if self.position:
                return (f"{self.capacity.value.capitalize()}. {self.position}",)
            case _:
                return (self.position,) if self.position else ()


def of_person(person: Person, part: Part = "acknowledged") -> Signatory:
    """Return one of the staff as somebody who signs in their own capacity."""
    return Signatory(part=part, name=person.name, nip=person.nip, position=person.position)
