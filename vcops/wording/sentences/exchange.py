"""What goes wrong with files that come in and go out."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "import.faults": (
        N_("{file} has {number} faults, the first in line {line}, column {column}: '{value}'; nothing was stored."),
        N_("Correct the file and import it again; --dry-run lists every fault."),
    ),
    "import.unreadable": (
        N_("{file} cannot be read: {said}; nothing was stored."),
        N_("Check the name and its permissions."),
    ),
    "import.too_large": (
        N_("{file} is larger than {most} MB, so it is no list of meetings; nothing was stored."),
        N_("Check that it is the right file."),
    ),
    "import.not_text": (
        N_("{file} is neither text nor a spreadsheet; nothing was stored."),
        N_("Save it as CSV (UTF-8) or XLSX."),
    ),
    "import.bad_csv": (
        N_("{file} is not valid CSV from line {line} on: {said}; nothing was stored."),
        N_("Look for a quotation mark that is not closed, or save it again from the spreadsheet."),
    ),
    "import.bad_sheet": (
        N_("{file} is not a spreadsheet that can be opened: {said}; nothing was stored."),
        N_("Save it as XLSX without a password, or as CSV."),
    ),
    "import.empty": (
        N_("{file} is empty; nothing was stored."),
        N_("Check that it is the right file."),
    ),
    "import.no_column": (
        N_("The table has no column '{column}'; its headings are: {found}. Nothing was stored."),
        N_("Name it with --map THEIRS={column}."),
    ),
    "import.column_twice": (
        N_("The headings '{one}' and '{other}' both mean {column}; nothing was stored."),
        N_("Rename one of them."),
    ),
    "import.map_unknown": (
        N_("There is no column '{value}' here; nothing was stored."),
        N_("Did you mean: {nearest}? The form is --map THEIRS=OURS."),
    ),
    "import.map_missing": (
        N_("The table has no heading '{value}'; its headings are: {found}. Nothing was stored."),
        N_("Write it as it stands in the file: --map THEIRS=OURS."),
    ),
    "import.map_form": (
        N_("'{value}' does not map a heading; nothing was stored."),
        N_("The form is --map THEIRS=OURS."),
    ),
    "import.state": (
        N_("'{value}' is not a state of a meeting; nothing was stored."),
        N_("Write ended, running, planned or cancelled, or leave it empty."),
    ),
    "import.id": (
        N_("'{value}' is not an id of vcops; nothing was stored."),
        N_("Leave the column empty where the meeting does not come from an export."),
    ),
    "import.id_twice": (
        N_("The id {value} stands in two rows; nothing was stored."),
        N_("Empty it in the row that was copied: a new meeting gets its own."),
    ),
    "import.booked": (
        N_("A late entry is booked in a later month than the meeting's own, not on {value}; nothing was stored."),
        N_("Leave the column empty for a meeting that is no late entry."),
    ),
    "import.moment": (
        N_("'{value}' is not a time with its zone; nothing was stored."),
        N_("Write it like 2026-10-05T01:00:00Z, or leave it empty."),
    ),
    "export.cannot_write": (
        N_("{file} cannot be written: {said}; what was there is untouched."),
        N_("Choose another place, or ask for write permission."),
    ),
}
