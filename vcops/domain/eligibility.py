"""Whether a component is due for a meeting: yes, surely not, or not to be told because a question is open."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from vcops.domain.groups import Group, place_key
from vcops.domain.tariffs import Component, Eligibility, Per, Tariff

__all__ = ["Reason", "due", "open_questions"]


class Reason(StrEnum):
    """Why a line has no amount, or an amount of nothing."""

    # Known: nothing was saved.
    ON_SITE = "on-site"
    NEVER_FACE_TO_FACE = "never-face-to-face"
    KIND = "kind"
    TOO_SHORT = "too-short"
    NOT_ENTITLED = "not-entitled"
    ELSEWHERE = "elsewhere"
    # Open: nobody has answered, so nothing is counted and it is never Rp0.
    FACE_TO_FACE_OPEN = "face-to-face-open"
    TAKING_PART_OPEN = "taking-part-open"
    LENGTH_OPEN = "length-open"
    NO_LENGTH = "no-length"
    COUNT_OPEN = "count-open"
    IN_ROOM_OPEN = "in-room-open"
    TRAVELLERS_OPEN = "travellers-open"
    DESTINATION_OPEN = "destination-open"
    NO_RATE = "no-rate"
    # About the whole meeting, or the tariff.
    NOT_VALUED = "not-valued"
    NO_TARIFF = "no-tariff"
    NOT_ENDED = "not-ended"
    CANCELLED = "cancelled"
    SAME_MEETING = "same-meeting"

    @property
    def is_open(self) -> bool:
        """Whether an answer would make it an amount."""
        return self in _OPEN


_OPEN = frozenset({
    Reason.FACE_TO_FACE_OPEN, Reason.TAKING_PART_OPEN, Reason.LENGTH_OPEN, Reason.NO_LENGTH, Reason.COUNT_OPEN,
    Reason.IN_ROOM_OPEN, Reason.TRAVELLERS_OPEN, Reason.DESTINATION_OPEN, Reason.NO_RATE,
})  # fmt: skip


def due(tariff: Tariff, component: Component, group: Group) -> Reason | None:
    """Return why such meetings do not save this component, or why it cannot be told; None: it is due.

    What is surely nothing goes before what is open: no answer would change it.
    """
    reasons = list(_reasons(tariff, component, group))
    return next((one for one in reasons if not one.is_open), reasons[0] if reasons else None)


def open_questions(per: Per, group: Group) -> Iterator[tuple[Reason, int]]:
    """Yield what the group's meetings do not say about how many units they had, and how many of them do not say it."""
    if per == "participant":
        if group.with_count < group.meetings:
            yield Reason.COUNT_OPEN, group.meetings - group.with_count
        if group.with_heads < group.with_count:
            yield Reason.IN_ROOM_OPEN, group.with_count - group.with_heads
    elif per == "traveller" and group.with_travellers < group.meetings:
        yield Reason.TRAVELLERS_OPEN, group.meetings - group.with_travellers


def _reasons(tariff: Tariff, component: Component, group: Group) -> Iterator[Reason]:
    if group.mode == "on-site":
        yield Reason.ON_SITE
    if group.face_to_face is False:
        yield Reason.NEVER_FACE_TO_FACE
    if (group.kind or "unstated") not in component.kinds:
        yield Reason.KIND
    if group.no_length:
        yield Reason.NO_LENGTH
    rules = tariff.eligibility
    if rules is not None:
        if rules.face_to_face and group.face_to_face is None:
            yield Reason.FACE_TO_FACE_OPEN
        if component.id in rules.governed:
            yield from _entitlement(rules, component, group)
    if component.destinations:
        yield from _destination(tariff, component, group)


def _entitlement(rules: Eligibility, component: Component, group: Group) -> Iterator[Reason]:
    if rules.least_minutes and group.long_enough is not True and not group.no_length:
        yield Reason.LENGTH_OPEN if group.long_enough is None else Reason.TOO_SHORT
    possible = [component.id in items for items in _possible(rules, group)]
    if not any(possible):
        yield Reason.NOT_ENTITLED
    elif not all(possible):
        yield Reason.TAKING_PART_OPEN


def _possible(rules: Eligibility, group: Group) -> Iterator[tuple[str, ...]]:
    """Yield what is due in each case that the answers leave open; with both answered there is one."""
    if group.outside_agencies is not False:
        yield rules.outside
    if group.outside_agencies is not True:
        if group.other_units is not False:
            yield rules.other_unit
        if group.other_units is not True:
            yield rules.own_unit


def _destination(tariff: Tariff, component: Component, group: Group) -> Iterator[Reason]:
    if not group.destination:
        yield Reason.DESTINATION_OPEN
    elif group.destination not in {place_key(one) for one in component.destinations}:
        priced = {place_key(place) for one in tariff.components for place in one.destinations}
        yield Reason.ELSEWHERE if group.destination in priced else Reason.NO_RATE
