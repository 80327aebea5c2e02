"""Words for the places of signatures and for the capacities in which people sign."""

from __future__ import annotations

from vcops.domain.signatories import Capacity
from vcops.locale import N_, _

__all__ = ["capacity_name", "part_name"]

_PARTS = {"made": N_("Made by"), "acknowledged": N_("Acknowledged by")}
_CAPACITIES = {
    Capacity.OWN: N_("holds the position"),
    Capacity.PLT: N_("Plt. (the position is vacant)"),
    Capacity.PLH: N_("Plh. (the holder is away)"),
    Capacity.AN: N_("a.n. (on behalf of)"),
}


def part_name(part: str) -> str:
    """Return `Dibuat oleh`, `Mengetahui`."""
    return _(_PARTS[part])


def capacity_name(capacity: Capacity) -> str:
    """Return in which capacity somebody signs."""
    return _(_CAPACITIES[capacity])
