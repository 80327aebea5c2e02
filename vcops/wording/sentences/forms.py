"""What a form says where something is left to correct."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "form.name_not_added": (
        N_("“{value}” was not added; nothing was stored."),
        N_("Correct the name."),
    ),
    "form.file_kept": (
        N_("{file} is as it was; nothing was written."),
        N_("Type another name."),
    ),
}
