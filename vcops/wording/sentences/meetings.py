"""What goes wrong with meetings and head counts."""

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
    "meeting.end_before_start": (
        N_("The end is before the start; nothing was stored."),
        N_("If it ended the next day, say so with the end date."),
    ),
    "meeting.too_long": (
        N_("A meeting of {hours} hours is longer than a day; nothing was stored."),
        N_("Check the dates."),
    ),
}
