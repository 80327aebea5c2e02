"""The office and what it has: units, rooms with their kit, staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vcops.domain.evidence import DAYS_KEPT, Keeping
from vcops.domain.room_cameras import RoomCamera

__all__ = ["PAPERS", "ZONES", "Office", "PaperSize", "Person", "Room", "Unit", "nip_doubt", "zone_name", "zone_short"]

PaperSize = Literal["a4", "f4"]
PAPERS: dict[PaperSize, tuple[int, int]] = {"a4": (210, 297), "f4": (215, 330)}
"""Width and height in mm. F4 is the folio of Indonesian offices."""
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
"""What people write -> IANA name. Indonesia has no daylight saving."""
_SHORT = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office whose database this is.

    `paper` is what it prints on; `snapshot_days`: how long pictures stay, where it keeps any.
    """

    name: str = ""
    address: str = ""
    place: str = ""
    zone: str = "Asia/Jakarta"
    measure_servers: tuple[str, ...] = ()
    platform: str = ""
    paper: PaperSize = "a4"
    snapshots: Keeping = "off"
    snapshot_days: int = DAYS_KEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit or agency that asks for meetings (unit kerja, OPD)."""

    id: str
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room with what stands in it. The first of its cameras is the main one."""

    id: str
    name: str
    location: str = ""
    zone: str = "Asia/Jakarta"
    seats: int | None = None
    kit: str = ""
    cameras: tuple[RoomCamera, ...] = ()
    measure_server: str = ""
    backup_link: bool = False

    @property
    def camera(self) -> str:
        """The main camera's source; empty where the room has no camera. May hold a token: never print it as it is."""
        return self.cameras[0].source if self.cameras else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who works here. The NIP is optional; its shape is warned about, never refused."""

    id: str
    name: str
    nip: str = ""
    position: str = ""
    role: str = ""


def zone_name(text: str) -> str | None:
    """Return the IANA name for `WIB` or `Asia/Pontianak`; None where it is neither."""
    name = text.strip()
    return ZONES.get(name.upper()) or (name if name in _SHORT else None)


def zone_short(name: str) -> str:
    """Return `WIB`, `WITA`, `WIT` for an IANA name; the name itself elsewhere."""
    return _SHORT.get(name, name)


def nip_doubt(nip: str) -> bool:
    """Whether a NIP does not look like one: 18 digits that begin with a birth date and the month of appointment.

    Only ever warned about: Peraturan Kepala BKN 22/2007 gives the shape, offices write others as well.
    """
    digits = nip.replace(" ", "")
    if not digits:
        return False
    if len(digits) != 18 or not (digits.isascii() and digits.isdigit()):
        return True
    month, day, appointed = int(digits[4:6]), int(digits[6:8]), int(digits[12:14])
    return not (1 <= month <= 12 and 1 <= day <= 31 and 1 <= appointed <= 12)
