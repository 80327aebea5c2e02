"""What goes wrong when a screen saves something: a file that someone chose, a form that shows a masked address."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "report.file_exists": (
        N_("There is a file {file} already; nothing was written."),
        N_("Save once more to replace it, or type another name."),
    ),
    "room.masked_address": (
        N_("Part of the address is hidden, so the changed one cannot be used; nothing was stored."),
        N_("Type the whole address anew, or leave it as it was."),
    ),
}
