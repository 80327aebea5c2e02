"""What goes wrong when something is saved to a file that someone chose."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "report.file_exists": (
        N_("There is a file {file} already; nothing was written."),
        N_("Save once more to replace it, or type another name."),
    ),
}
