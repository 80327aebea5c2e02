"""Remedies as the screens tell them: a key where the command line has an option or a command of its own.

What stands here takes the place of the remedy beside the sentence, by code. A placeholder such as `{prepare_source}`
is the key of the command `prepare.source`. A code that is not here has one remedy for both faces: it names neither,
or only a command does it.
"""

from __future__ import annotations

from collections.abc import Mapping

from vcops.locale import N_

__all__ = ["REMEDIES", "Keys"]

Keys = Mapping[str, str]
"""Keys as people write them, by their command's id with `_` for `.` and `-`."""

_NAME_ANOTHER = N_("Check the server, or name another with the key {prepare_source}.")
_STUN = N_(
    'Write stun = ["HOST:PORT"] into config.toml, or name the platform: '
    "the key {settings_office} in Settings ({go_settings})."
)
_STUN_OF_PLATFORM = N_('Write stun = ["HOST:PORT"] into config.toml: the known platforms bring their own.')
_START = N_("Start one with the key {live_start} in Live ({go_live}).")
_READ_ANEW = N_("Someone else may have changed it: the key {shell_reload} reads the screen anew.")
_HANDBOOK = N_("Ask for write permission on the handbook folder; Settings ({go_settings}) shows where it lies.")
_RENAME = N_("Change the heading in the file, and import it again with the key {meetings_import}.")

_CORRECT = N_(
    "Correct the meeting with the key {meetings_correct} in Meetings ({go_meetings}), or enter a forgotten one with "
    "{meetings_add}."
)
_COPY_AGAIN = N_("See to the folder; then, in a terminal: vcops close {period} --copies.")

REMEDIES: Mapping[str, str] = {
    "closing.closed": _CORRECT,
    "closing.closed_here": _CORRECT,
    "closing.already": _CORRECT,
    "closing.incomplete": N_("Press {tally_close} again and answer what is asked."),
    "closing.open": N_("Close it first with the key {tally_close} in Tally ({go_tally})."),
    "correction.no_reason": N_("Give one: it is printed on both months."),
    "late.month_open": N_("Enter it like any other meeting."),
    "closing.closed_row": N_("Take it out of the file, and enter it late with the key {meetings_add}."),
    "closing.running": N_("End it in Live ({go_live})."),
    "closing.no_folder": N_('Write closing_copies = "/a/folder/elsewhere" into config.toml to have copies made.'),
    "closing.copies_failed": _COPY_AGAIN,
    "correction.month_open": N_("Change the meeting itself with the key {meetings_edit}."),
    "correction.not_counted": N_("If it was held, enter it late with the key {meetings_add}."),
    "correction.done": N_("Correct the entry that took its place, or enter another with the key {meetings_add}."),
    "check.no_standard": N_(
        "Put the standard's file back into the handbook folder; Settings ({go_settings}) shows where it lies."
    ),
    "check.no_server": N_(
        "Name one with the key {prepare_source} at a step that measures the link, or once for all: the key "
        "{settings_office} in Settings ({go_settings}). Any server with LibreSpeed on it will do, the office's own "
        "too; the README says how to get one."
    ),
    "check.no_iperf3_server": N_(
        "Start one with: iperf3 -s, on a machine beyond the link, and name it with the key {prepare_source} as "
        "iperf3://HOST:PORT."
    ),
    "check.no_stun": _STUN,
    "check.no_stun_for_iperf3": _STUN,
    "check.no_stun_of_platform": _STUN_OF_PLATFORM,
    "check.no_stun_for_iperf3_of_platform": _STUN_OF_PLATFORM,
    "check.no_platform": N_("Name one ({known}), a host or a URL, with the key {prepare_source} at that step."),
    "camera.none": N_("Plug one in, or name a file or a URL with the key {prepare_source}."),
    "camera.none_at": N_("Choose one of these with the key {prepare_source}."),
    "camera.cannot_open_device": N_(
        "Close other programs that use it, plug it in again, or choose another with the key {prepare_source}."
    ),
    "connection.http_status": N_(
        "Check the address, the key {prepare_source} changes it: it must be the folder that holds empty.php and "
        "garbage.php."
    ),
    "connection.upload_refused": N_(
        "Check the address, the key {prepare_source} changes it, or let the server's administrator allow it."
    ),
    "connection.no_download": _NAME_ANOTHER,
    "connection.no_upload": _NAME_ANOTHER,
    "connection.not_bytes": N_(
        "Check the address, the key {prepare_source} changes it; in a guest network, log in first."
    ),
    "connection.too_many": N_("Wait some minutes, or name a server of your own with the key {prepare_source}."),
    "connection.too_many_wait": N_("Wait that long, or name a server of your own with the key {prepare_source}."),
    "connection.no_iperf3": N_(
        "Install it (Debian: apt install iperf3), or name a server that is measured over HTTP with the key "
        "{prepare_source}."
    ),
    "connection.iperf3_said": N_(
        "Check that iperf3 -s of the same version runs there, or name another server with the key {prepare_source}."
    ),
    "connection.udp_blocked": N_(
        "Ask the network's administrator to let UDP out to the platform's ports, or write another STUN server into "
        "config.toml."
    ),
    "network.no_interface": N_(
        "Plug the cable in or join the network, or write another backup_interface into config.toml."
    ),
    "sound.none_called": N_("Choose one of these, or the system's default, with the key {prepare_source}."),
    "sound.recorded_silence": N_(
        "Switch the microphone on, unmute it in the sound settings, or choose another with the key {prepare_source}."
    ),
    "run.unknown": _READ_ANEW,
    "run.short_tail": _READ_ANEW,
    "run.closed": N_("Start a new walk, or take its last answer back with the key {prepare_undo}."),
    "run.no_gate": N_("Go to the decision with the key {prepare_gate} to decide again."),
    "run.not_a_check": N_("Answer it by hand."),
    "run.not_ready": N_("See to these steps and decide again, or decide READY WITH A NOTE and give the reason."),
    "run.both_ways": N_("Choose one of the two."),
    "run.refused": N_("Once that is mended, decide again with the key {prepare_gate}."),
    "run.no_answer": N_("Answer it with the keys {prepare_do}, {prepare_fail} or {prepare_skip}."),
    "meeting.not_held_yet": N_("Check the date, or plan it with the key {meetings_plan} in Meetings ({go_meetings})."),
    "meeting.shift_too_far": N_("Correct it with the key {meetings_edit} in Meetings ({go_meetings})."),
    "meeting.unknown": _READ_ANEW,
    "meeting.none_running": _START,
    "meeting.not_started": _START,
    "count.emptied": N_("Type the right number, or take the count back with the key {live_undo} in Live ({go_live})."),
    "count.planned": N_("Give the number you expect in its own field."),
    "incident.unknown": _READ_ANEW,
    "incident.none_open": N_("Note one with the key {live_incident}."),
    "incident.meeting_ended": N_("Press {live_incident} again: it asks for both times."),
    "meeting.same_itself": N_("Name the other room's entry of the meeting."),
    "sound.not_heard": N_(
        "Choose the right one with {prepare_source}, turn it up in the system and on the device, check cable and power."
    ),
    "room.none_such": N_("Add it with the key {rooms_add} in Rooms ({go_rooms})."),
    "unit.none_such": N_("Add it among the units ({rooms_units}) in Rooms ({go_rooms})."),
    "tariff.unknown": N_("Choose one of: {known}."),
    "tariff.overlap": N_("Let the new one begin on {earliest} or later."),
    "tariff.cannot_write": _HANDBOOK,
    "handbook.cannot_write": _HANDBOOK,
    "import.faults": N_(
        "Correct the file and import it again with the key {meetings_import}, which lists every fault first."
    ),
    "import.no_column": _RENAME,
    "import.map_unknown": _RENAME,
    "import.map_missing": _RENAME,
    "import.map_form": _RENAME,
    "finding.not_certain": N_("Measure again with the key {prepare_again}, when the link is quiet."),
    "finding.too_uneven": N_(
        "Close what else uses this machine or the link, and measure again with the key {prepare_again}."
    ),
    "finding.written_bytes": N_(
        "Measure on Linux, where the system tells what arrived, or name an iperf3 server with the key {prepare_source}."
    ),
    "finding.rough_instrument": N_(
        "Measure over HTTP instead: name a LibreSpeed server with the key {prepare_source}."
    ),
    "no_upload_url": N_("name where to write with the key {prepare_source}: #upload=URL behind the address"),
}
