"""What goes wrong with closing, verifying and correcting, and what verifying finds."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

_CORRECT = N_(
    "Correct it with: vcops correct ID --reason TEXT, or enter a forgotten meeting with: vcops meeting add --late."
)

SENTENCES: dict[str, tuple[str, str]] = {
    "closing.closed": (N_("{month} is closed; nothing was changed."), _CORRECT),
    "closing.closed_here": (N_("This belongs to a closed month; nothing was changed."), _CORRECT),
    "closing.closed_row": (
        N_("The row '{title}' of {day} belongs to {month}, which is closed; nothing of the file was stored."),
        N_("Take it out of the file, and enter it late with: vcops meeting add --late."),
    ),
    "closing.already": (
        N_("{month} was closed by {by}, and a closed month is not opened again; nothing was changed."),
        _CORRECT,
    ),
    "closing.not_over": (
        N_("{month} is not over everywhere there is a room; nothing was closed."),
        N_("Close it when the next month has begun."),
    ),
    "closing.running": (
        N_("'{title}' of {month} still runs; nothing was closed."),
        N_("End it first: vcops meeting end."),
    ),
    "closing.incomplete": (
        N_("{month} lacks {number} things that nobody answered; nothing was closed."),
        N_(
            "Complete the meetings, answer each kind with --answer KIND=TEXT, or close all the same with --accept TEXT, "
            "which is printed."
        ),
    ),
    "closing.answer_form": (
        N_("'{value}' does not say what is answered; nothing was closed."),
        N_("Write it like --answer reconciled='tidak ada laporan penyedia'."),
    ),
    "closing.answer_empty": (
        N_("The answer to '{value}' is empty; nothing was closed."),
        N_("Say why it may stay as it is: the answer is printed."),
    ),
    "closing.answer_unknown": (
        N_("Nothing of the month lacks '{value}'; nothing was closed."),
        N_("Answer one of these, or a meeting by its ID: {known}."),
    ),
    "closing.one_month": (
        N_("{first} to {last} is more than one month; nothing was closed."),
        N_("Close one month after the other."),
    ),
    "closing.open": (
        N_("{month} is not closed."),
        N_("Close it first with: vcops close."),
    ),
    "closing.code_unknown": (
        N_(
            "The code {given} was printed for a closing of {month} that this database does not hold, or does not hold "
            "any more."
        ),
        N_("Look in the office's own database, or in a backup from before; and see: vcops journal --verify."),
    ),
    "closing.vanished": (
        N_("{month} was closed, but its closing was deleted behind the program's back; nothing was closed again."),
        N_("Restore a backup, and see: vcops verify."),
    ),
    "closing.code_malformed": (
        N_("'{value}' is neither a month, nor a code, nor a file."),
        N_("Type a month like 2026-10, or the code as printed: the month and four groups of four."),
    ),
    "closing.code_mistyped": (
        N_("The code '{value}' has a slip of the pen in it: its last letters do not fit the others."),
        N_("Compare it with the paper, letter by letter."),
    ),
    "closing.signed_early": (
        N_("The report of {month} cannot have been signed on {day}: the month was not over; nothing was changed."),
        N_("Give the day on which it was signed, after the end of the month."),
    ),
    "closing.no_pdf": (
        N_("{file} is not a PDF; nothing was changed."),
        N_("Name the PDF that was printed, or the signed one."),
    ),
    "closing.unreadable": (
        N_("{file} cannot be read: {said}."),
        N_("Check that the file exists and may be read."),
    ),
    "closing.other_code": (
        N_("{file} carries the code {theirs}, but the month's is {ours}; nothing was changed."),
        N_("File the PDF of this month, as it is closed."),
    ),
    "closing.pdf_without_code": (
        N_("{file} carries no code of a closed month, and is no signed PDF that was filed here."),
        N_("Name the PDF of a closed month; of a draft (KONSEP) or a record type the code that is printed on it."),
    ),
    "closing.no_folder": (
        N_("{month} is closed, but no second folder is set, so nothing was copied."),
        N_('Write closing_copies = "/a/folder/elsewhere" into config.toml, then: vcops close {period} --copies.'),
    ),
    "closing.copies_failed": (
        N_("{month} is closed, but the copies in {folder} are not complete: {said}"),
        N_("See to the folder, then make them again with: vcops close {period} --copies."),
    ),
    "correction.no_reason": (
        N_("A correction needs a reason; nothing was stored."),
        N_("Give it with --reason: it is printed on both months."),
    ),
    "correction.month_open": (
        N_("'{title}' belongs to {month}, which is open; nothing was stored."),
        N_("Change the meeting itself: vcops meeting edit."),
    ),
    "correction.not_counted": (
        N_("'{title}' counts for nothing in its closed month, so there is nothing to reverse; nothing was stored."),
        N_("If it was held, enter it late: vcops meeting add --late."),
    ),
    "correction.done": (
        N_("'{title}' was reversed before; nothing was stored."),
        N_("Correct the entry that took its place, or enter another with: vcops meeting add --late."),
    ),
    "late.month_open": (
        N_("{month} is open, so the meeting is not late; nothing was stored."),
        N_("Enter it like any other, without --late."),
    ),
    "closed.field": (
        N_("{entity} {id} of '{title}': {column} was '{was}' when the month was closed, and is '{now}'."),
        "",
    ),
    "closed.missing": (N_("{entity} {id} of '{title}' is gone since the month was closed."), ""),
    "closed.added": (N_("{entity} {id} of '{title}' was added after the month was closed."), ""),
    "closed.copy": (
        N_(
            "The closing's own copies are not those that its digest was made of, they now give {digest}: what they say "
            "of the month as it was then is not to be believed."
        ),
        "",
    ),
    "closed.copy_alone": (
        N_(
            "The closing's own copies are not those that its digest was made of, they now give {digest}; the month's "
            "rows still are as they were."
        ),
        "",
    ),
    "closed.copy_field": (
        N_("{entity} {id} of '{title}': {column} is '{now}', and '{was}' in the closing's altered copies."),
        "",
    ),
    "closed.copy_missing": (
        N_("{entity} {id} of '{title}' is in the closing's altered copies, and not in the month."),
        "",
    ),
    "closed.copy_added": (
        N_("{entity} {id} of '{title}' is in the month, and not in the closing's altered copies."),
        "",
    ),
    "closed.other_code": (
        N_("The code {given} is not that of the closing, which is {code}: the paper was made from other data."),
        "",
    ),
    "lock.missing": (
        N_("The trigger {name} on table {table} is missing: until it is back, changes are not refused."),
        "",
    ),
    "lock.changed": (N_("The trigger {name} on table {table} is not the program's any more."), ""),
    "lock.off": (
        N_("The trigger {name} on table {table} is switched off: until it is back, changes are not refused."),
        "",
    ),
    "lock.unknown": (N_("The trigger {name} on table {table} is not the program's."), ""),
}
