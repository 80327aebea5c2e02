"""What goes wrong with meetings, head counts, and the forms they are typed into."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "count.empty": (
        N_("The head count is empty."),
        N_("Give the number online, in the room, or both."),
    ),
    "count.negative": (
        N_("A head count cannot be {value}; nothing was stored."),
        N_("Type a number from 0."),
    ),
    "count.absurd": (
        N_("{value} people are more than any meeting holds ({most}); nothing was stored."),
        N_("Check the number."),
    ),
    "count.sum": (
        N_("{online} online and {in_room} in the room do not make {total}; nothing was stored."),
        N_("Correct one of the three."),
    ),
    "count.part_over_total": (
        N_("{part} people in one part are more than the total of {total}; nothing was stored."),
        N_("Correct one of them."),
    ),
    "meeting.same_or_apart": (
        N_("It is not said what to do with the entry; nothing was changed."),
        N_("Name the other entry that it counts with, or write --apart, one of the two."),
    ),
    "meeting.same_itself": (
        N_("{value} is this very entry, or counts with it already; nothing was changed."),
        N_("Name the other room's entry of the meeting. See: vcops meeting list."),
    ),
    "meeting.same_cancelled": (
        N_("'{title}' is cancelled, so nothing can count with it; nothing was changed."),
        N_("Name an entry that was held."),
    ),
    "meeting.same_not_at_once": (
        N_("'{title}' was not held at the same time, so the two are not one meeting; nothing was changed."),
        N_("Correct the times first if one of them is wrong."),
    ),
    "meeting.same_unknown": (
        N_(
            "A row counts with the meeting {value}, which is not there, is cancelled, or counts with another itself;"
            " nothing was stored."
        ),
        N_("Name the entry that counts, add it to the file, or empty the cell."),
    ),
    "meeting.cancel_joined": (
        N_("Another room's entry counts with '{title}'; nothing was changed."),
        N_("Let that entry count by itself first: vcops meeting same ID --apart."),
    ),
    "meeting.end_before_start": (
        N_("The end is before the start; nothing was stored."),
        N_("If it ends on another day, name that day: “Day of the end” (end_date)."),
    ),
    "meeting.too_long": (
        N_("A meeting of {hours} hours is longer than a day; nothing was stored."),
        N_("Check the dates."),
    ),
    "meeting.not_held_yet": (
        N_("A meeting that was held cannot lie in the future ({value}); nothing was stored."),
        N_("Check the date, or plan it with: vcops meeting plan."),
    ),
    "meeting.future": (
        N_("The time {value} has not come yet; nothing was stored."),
        N_("Check the time and this machine's clock."),
    ),
    "meeting.shift_future": (
        N_("Moved so far the stamp would lie at {value}, which has not come yet; nothing was changed."),
        N_("Move it less far."),
    ),
    "meeting.shift_too_far": (
        N_("A stamp is shifted by at most {most} minutes; nothing was changed."),
        N_("Correct it with: vcops meeting edit."),
    ),
    "meeting.stamp_before_start": (
        N_("That time is before the start of the meeting; nothing was stored."),
        N_("Check the time, or correct the start first."),
    ),
    "meeting.stamp_after_end": (
        N_("That time is after the end of the meeting; nothing was stored."),
        N_("Check the time, or correct the end first."),
    ),
    "meeting.end_before_stamp": (
        N_("That end is earlier than a head count or an incident of the meeting; nothing was stored."),
        N_("Choose a later end, or correct the head count or the incident first."),
    ),
    "meeting.planned_end_before_start": (
        N_("The planned end is before the planned start; nothing was stored."),
        N_("Correct one of the two times."),
    ),
    "count.emptied": (
        N_("A head count cannot be emptied; nothing was stored."),
        N_("Type the right number, or take the count back with: vcops meeting undo."),
    ),
    "meeting.unknown": (
        N_("There is no meeting {value}; nothing was changed."),
        N_("See the ids with: vcops meeting list."),
    ),
    "meeting.ambiguous": (
        N_("More than one meeting ends in {value}: {ids}; nothing was changed."),
        N_("Type more of its id."),
    ),
    "meeting.id_short": (
        N_("{value} is too short for the id of a meeting; nothing was changed."),
        N_("Type at least the last {least} characters."),
    ),
    "meeting.none_running": (
        N_("No meeting is running; nothing was stored."),
        N_("Start one with: vcops meeting start ID, or name the meeting."),
    ),
    "meeting.several_running": (
        N_("{number} meetings are running: {ids}; nothing was stored."),
        N_("Say which by the end of its id."),
    ),
    "meeting.already_running": (
        N_("{title} is running already; nothing was changed."),
        N_("Undo its start first if that was wrong."),
    ),
    "meeting.already_ended": (
        N_("{title} has ended already; nothing was changed."),
        N_("Undo its end first if that was wrong, or edit the meeting."),
    ),
    "meeting.is_cancelled": (
        N_("{title} was cancelled; nothing was changed."),
        N_("Plan it anew."),
    ),
    "meeting.not_started": (
        N_("{title} has not started; nothing was stored."),
        N_("Start it first with: vcops meeting start."),
    ),
    "meeting.cancel_running": (
        N_("{title} is running and cannot be cancelled; nothing was changed."),
        N_("End it, or undo its start."),
    ),
    "meeting.cancel_ended": (
        N_("{title} was held and cannot be cancelled; nothing was changed."),
        N_("Edit it where something is wrong."),
    ),
    "meeting.nothing_stamped": (
        N_("{title} has no stamp that could be undone or shifted; nothing was changed."),
        "",
    ),
    "incident.unknown": (
        N_("There is no incident {value}; nothing was changed."),
        N_("See the incidents of a meeting with: vcops meeting show ID."),
    ),
    "incident.none_open": (
        N_("{title} has no incident that is still open; nothing was changed."),
        N_("Note one with: vcops meeting incident."),
    ),
    "incident.meeting_ended": (
        N_("{title} has ended, so an incident of it needs the times of its start and of its end; nothing was stored."),
        N_('Give both: vcops meeting incident {id} --start "{day} 09.10" --recovered "{day} 09.15" --text TEXT.'),
    ),
    "incident.already_over": (
        N_("That incident is over already; nothing was changed."),
        N_("Undo the recovery first if that was wrong."),
    ),
    "incident.over_before_start": (
        N_("The incident cannot be over before it began; nothing was stored."),
        N_("Check the two times."),
    ),
    "count.planned": (
        N_("A meeting that has not been held has no head count yet; nothing was stored."),
        N_("Give the number you expect with --expected."),
    ),
    "room.unknown": (
        N_("There is no room {value}; nothing was stored."),
        N_("Did you mean: {nearest}?"),
    ),
    "room.none_such": (
        N_("There is no room {value}; nothing was stored."),
        N_("Add it with: vcops room add --name NAME."),
    ),
    "unit.unknown": (
        N_("There is no unit {value}; nothing was stored."),
        N_("Did you mean: {nearest}?"),
    ),
    "unit.none_such": (
        N_("There is no unit {value}; nothing was stored."),
        N_("Add it with: vcops unit add --name NAME."),
    ),
    "room.exists": (
        N_("There is a room {value} already; nothing was stored."),
        N_("Give the new one another name, or edit the one that is there."),
    ),
    "unit.exists": (
        N_("There is a unit {value} already; nothing was stored."),
        N_("Give the new one another name."),
    ),
    "form.needed": (
        N_("{column} is missing; nothing was stored."),
        N_("Fill it in."),
    ),
    "form.unknown_column": (
        N_("There is no column {column}; nothing was stored."),
        N_("Check its name."),
    ),
    "form.text": (
        N_("{column}: {value} cannot be stored; nothing was changed."),
        N_("Type it again."),
    ),
    "form.number": (
        N_("{column}: {value} is not a whole number; nothing was stored."),
        N_("Type digits only, such as 40."),
    ),
    "form.minutes": (
        N_("{column}: {value} is not a number of minutes; nothing was stored."),
        N_("Type -5 for five minutes earlier, 5 for five minutes later."),
    ),
    "form.date": (
        N_("{column}: {value} is not a date; nothing was stored."),
        N_("Write it like 2026-10-05 or 5/10/2026, day first."),
    ),
    "form.time": (
        N_("{column}: {value} is not a time; nothing was stored."),
        N_("Write it like 09.00 or 14:30."),
    ),
    "form.zone": (
        N_("{column}: {value} is not a time zone that is known here; nothing was stored."),
        N_("Write WIB, WITA, WIT, or a name such as Asia/Pontianak."),
    ),
    "form.kind": (
        N_("{column}: {value} is not a kind of meeting; nothing was stored."),
        N_("Write hosted (diselenggarakan), attended (diikuti), or leave it empty."),
    ),
    "form.mode": (
        N_("{column}: {value} is not a mode; nothing was stored."),
        N_("Write online (daring), hybrid (hibrida) or on-site (luring)."),
    ),
    "form.service": (
        N_("{column}: {value} is not a class of service; nothing was stored."),
        N_("Write vip, streaming, inter-agency, several with commas, or leave it empty."),
    ),
    "form.count_method": (
        N_("{column}: {value} is not a way of counting; nothing was stored."),
        N_("Write claimed, counted, rows, unique or peak."),
    ),
    "form.yes_no": (
        N_("{column}: {value} is neither yes nor no; nothing was stored."),
        N_("Write yes (ya) or no (tidak), or leave it empty."),
    ),
    "form.password_in_address": (
        N_("{column}: an address with a password in it is not kept in the database; nothing was stored."),
        N_("Leave the password out of the address."),
    ),
}
