"""The places, in the order of their digits. A place's module is imported when it is first shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vcops.locale import N_

if TYPE_CHECKING:
    from vcops.tui.place import Place

__all__ = ["PLACES", "PlaceEntry", "place_entry"]


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place: its id, its title (English, translated where drawn), and where its widget is."""

    id: str
    digit: str
    title: str
    where: str

    def make(self) -> Place:
        """Import the place and return a new one."""
        from importlib import import_module

        module, _colon, name = self.where.partition(":")
        place: Place = getattr(import_module(module), name)()
        return place


PLACES = (
    PlaceEntry("today", "1", N_("Today"), "vcops.tui.today.place:TodayPlace"),
    PlaceEntry("prepare", "2", N_("Prepare"), "vcops.tui.prepare.place:PreparePlace"),
    PlaceEntry("live", "3", N_("Live"), "vcops.tui.live.place:LivePlace"),
    PlaceEntry("meetings", "4", N_("Meetings"), "vcops.tui.meetings.place:MeetingsPlace"),
    PlaceEntry("tally", "5", N_("Tally"), "vcops.tui.tally.place:TallyPlace"),
    PlaceEntry("rooms", "6", N_("Rooms"), "vcops.tui.rooms.place:RoomsPlace"),
    PlaceEntry("settings", "7", N_("Settings"), "vcops.tui.settings.place:SettingsPlace"),
)


def place_entry(place_id: str) -> PlaceEntry:
    """Return the entry of that id. Raises KeyError."""
    return {one.id: one for one in PLACES}[place_id]
