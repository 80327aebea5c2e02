"""The line that narrows a list: `/` opens it, escape clears it."""

from __future__ import annotations

from vcops.tui.widgets.entry import Entry

__all__ = ["Filter"]


class Filter(Entry):
    """Hidden until it is opened. Post-processing is the place's: it listens to `Input.Changed`."""

    DEFAULT_CSS = """
    Filter { display: none; margin: 0 0 1 0; &.-open { display: block; } }
    """

    def __init__(self, placeholder: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, id=id)

    def open(self) -> None:
        """Show it and take the keys."""
        self.add_class("-open")
        self.focus()

    def clear_away(self) -> bool:
        """Empty and hide it; False where it was not open."""
        if not self.has_class("-open"):
            return False
        self.value = ""
        self.remove_class("-open")
        return True
