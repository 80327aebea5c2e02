"""A line to type in that shows, fainter, how what was typed goes on; Enter in a form takes what is shown."""

from __future__ import annotations

from collections.abc import Iterable

from textual.suggester import Suggester

from vcops.tui.widgets.entry import Entry

__all__ = ["Completed", "Known"]


class Completed(Entry):
    """A line whose completion can be taken without a key of its own."""

    def take_shown(self) -> None:
        """Make the completion that is shown the value; what stands there alone stays."""
        if len(self._suggestion) > len(self.value):
            self.value = self._suggestion


class Known(Suggester):
    """Completes from known names, but neither one that is whole already nor what stood in the field before.

    Else Enter would make `Aula` into `Aula Besar` where both are known, or change a field nobody typed into.
    """

    def __init__(self, names: Iterable[str], standing: str = "") -> None:
        super().__init__(case_sensitive=False)
        self._names = {name.casefold(): name for name in names}
        self._standing = standing.casefold()

    async def get_suggestion(self, value: str) -> str | None:
        """Return the first name that begins with what was typed (casefolded)."""
        if value in self._names or value == self._standing:
            return None
        return next((name for key, name in self._names.items() if key.startswith(value)), None)
