"""`vcops meeting`: plan, log, run, correct and list meetings."""

from __future__ import annotations

from vcops.cli.lazy import LazyGroup
from vcops.locale import N_, _

__all__ = ["meeting"]

_COMMANDS = {
    "plan": ("vcops.cli.meeting_forms:plan", N_("store a meeting that is to come")),
    "add": ("vcops.cli.meeting_forms:add", N_("store a meeting that was already held")),
    "start": ("vcops.cli.meeting_stamps:start", N_("start a planned meeting, or one that nobody planned")),
    "count": ("vcops.cli.meeting_stamps:count", N_("add a head count")),
    "incident": ("vcops.cli.meeting_stamps:incident", N_("note a disturbance")),
    "recover": ("vcops.cli.meeting_stamps:recover", N_("say that the disturbance is over")),
    "end": ("vcops.cli.meeting_stamps:end", N_("stamp the end")),
    "shift": ("vcops.cli.meeting_stamps:shift", N_("move the last stamp by minutes")),
    "undo": ("vcops.cli.meeting_stamps:undo", N_("take the last stamp back")),
    "edit": ("vcops.cli.meeting_forms:edit", N_("correct a meeting")),
    "same": ("vcops.cli.meeting_same:same", N_("say that two rooms' entries are one meeting, which counts once")),
    "cancel": ("vcops.cli.meeting_forms:cancel", N_("cancel a planned meeting")),
    "list": ("vcops.cli.meeting_lists:list_meetings", N_("list meetings, newest first")),
    "show": ("vcops.cli.meeting_lists:show", N_("everything about one meeting, without its passcode")),
    "import": ("vcops.cli.exchange:import_command", N_("read meetings from a CSV or XLSX sheet")),
    "export": ("vcops.cli.exchange:export_command", N_("write meetings to a sheet")),
}

meeting = LazyGroup(
    "meeting",
    lazy=_COMMANDS,
    help=_("Plan, log, list, import and export meetings. ID may be the last characters of an id, if they are unique."),
)
