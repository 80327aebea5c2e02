"""What goes wrong when a screen saves something: a form that shows a masked address."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "room.masked_address": (
        N_("Part of the address is hidden, so the changed one cannot be used; nothing was stored."),
        N_("Type the whole address anew, or leave it as it was."),
    ),
}
