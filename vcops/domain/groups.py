"""Ended meetings alike in what a tariff asks about, added up; and one meeting as a group of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vcops.domain.meetings import Meeting
    from vcops.domain.tariffs import Tariff

__all__ = ["Asked", "Group", "asked_by", "group_of", "place_key"]


@dataclass(frozen=True, slots=True)
class Group:
    """Ended meetings alike in what a tariff asks about, added up: the unit that the database aggregates.

    `heads` are the people who did not sit in the room, of the `with_heads` meetings where that is known; `travellers`
    come from `with_travellers` meetings, `participants` from `with_count`. `long_enough` compares with the tariff's
    least length. `no_length`: they began and ended within the same minute, so start or end is surely wrong. What a
    tariff does not ask is left at its default.
    """

    kind: str
    mode: str
    face_to_face: bool | None
    meetings: int
    participants: int = 0
    with_count: int = 0
    heads: int = 0
    with_heads: int = 0
    travellers: int = 0
    with_travellers: int = 0
    outside_agencies: bool | None = None
    other_units: bool | None = None
    long_enough: bool | None = None
    destination: str = ""
    no_length: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What has to be known of the meetings beyond kind, mode and the count of people."""

    heads: bool = False
    travellers: bool = False
    taking_part: bool = False
    least_minutes: int = 0
    destination: bool = False
    face_to_face: bool = False

    def __or__(self, other: Asked) -> Asked:
        """What either asks."""
        return Asked(
            self.heads or other.heads,
            self.travellers or other.travellers,
            self.taking_part or other.taking_part,
            max(self.least_minutes, other.least_minutes),
            self.destination or other.destination,
            self.face_to_face or other.face_to_face,
        )


def asked_by(tariff: Tariff | None) -> Asked:
    """Return what a tariff asks: a flat one nothing, so that its tally reads the least there is to read."""
    if tariff is None:
        return Asked()
    pers = {one.per for one in tariff.components}
    rules = tariff.eligibility
    return Asked(
        heads="participant" in pers,
        travellers="traveller" in pers,
        taking_part=rules is not None and bool(rules.governed),
        least_minutes=rules.least_minutes if rules is not None else 0,
        destination=any(one.destinations for one in tariff.components),
        face_to_face=rules is not None and rules.face_to_face,
    )


def group_of(meeting: Meeting, asked: Asked) -> Group:
    """Return one ended meeting as the database would have grouped it alone."""
    heads = _heads(meeting)
    minutes, least = meeting.minutes, asked.least_minutes
    return Group(
        meeting.kind.value,
        meeting.mode.value,
        meeting.would_be_face_to_face,
        1,
        meeting.participants or 0,
        int(meeting.participants is not None),
        heads or 0,
        int(heads is not None),
        meeting.travellers or 0,
        int(meeting.travellers is not None),
        meeting.outside_agencies,
        meeting.other_units,
        None if minutes is None else minutes >= least,
        place_key(meeting.destination),
        minutes == 0,
    )


def _heads(meeting: Meeting) -> int | None:
    """People who did not sit in the room; None where the room of a hybrid meeting was not counted."""
    if meeting.participants is None or (meeting.mode.value == "hybrid" and meeting.in_room is None):
        return None
    return meeting.participants - (meeting.in_room or 0)


def place_key(name: str) -> str:
    """Return a place's name as it is compared: `Kota  Bandung ` is `kota bandung`."""
    return " ".join(name.casefold().split())
