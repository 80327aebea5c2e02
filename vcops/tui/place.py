"""What every place has in common. A place is mounted when it is first shown and stays mounted."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, TypeVar

from textual import getters
from textual.containers import Vertical
from textual.widget import Widget
from textual.worker import Worker, WorkerCancelled, WorkerFailed

from vcops.locale import N_
from vcops.tui.toasts import lift
from vcops.tui.widgets.focusing import Focusing
from vcops.tui.widgets.ground import Ground
from vcops.tui.widgets.table import Table

if TYPE_CHECKING:
    from vcops.tui.app import VcopsApp

__all__ = ["Place", "asks", "deed"]

Who = TypeVar("Who", bound="Widget")
Words = ParamSpec("Words")


def deed(
    method: Callable[Concatenate[Who, Words], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[Who, Words], Worker[None]]:
    """Make a coroutine method one that runs beside the screen and announces what goes wrong.

    It returns at once. A VcopsError inside becomes one toast with cause and remedy and ends the deed. The same
    method called again while it still runs replaces the run before: the last key pressed wins.
    """

    def begin(self: Who, /, *args: Words.args, **kwargs: Words.kwargs) -> Worker[None]:
        async def work() -> None:
            with self.app.reporting():  # type: ignore[attr-defined]
                await method(self, *args, **kwargs)

        return self.run_worker(work, name=method.__name__, group=method.__name__, exclusive=True)

    begin.__doc__ = method.__doc__
    return begin


def asks(
    method: Callable[Concatenate[Who, Words], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[Who, Words], Worker[None]]:
    """Make a `deed` that a key begins and that opens a dialog: the keys pressed next wait for it.

    It either asks soon or ends soon. What goes on for long is begun by it as a deed of its own.
    """
    begun = deed(method)

    def begin(self: Who, /, *args: Words.args, **kwargs: Words.kwargs) -> Worker[None]:
        worker = begun(self, *args, **kwargs)
        self.app.asks(worker)  # type: ignore[attr-defined]
        return worker

    begin.__doc__ = method.__doc__
    return begin


class Place(Focusing, Ground, Vertical, can_focus=True):
    """Base of the places. Its commands stand in `vcops/tui/PLACE/commands.py`; their actions are its methods."""

    if TYPE_CHECKING:
        app = getters.app(VcopsApp)

    DEFAULT_CSS = """
    Place {
        padding: 1 2 0 2;
        height: 1fr;
        background: $background;
    }
    """

    EXPLANATION: ClassVar[str] = N_("This screen has no explanation yet.")
    """What the place is for, in one or two sentences, marked with `N_`; the head of its help."""
    ROWS_IN_SIGHT: ClassVar[int] = 0
    """Rows at the bottom of the place that no toast may cover: they tell what the next key would do."""

    def on_show(self) -> None:
        """Leave those rows in sight from now on."""
        lift(self.screen, self.ROWS_IN_SIGHT)

    def fill(self) -> object:
        """Read what is shown from the database. Called each time the place is shown, and by F5. Start a `deed`."""

    def show_subject(self, subject: str) -> None:
        """Turn to one thing: a meeting's or a room's id. Called after the place is mounted, before `fill`."""

    def focus_first(self) -> None:
        """Give the keys to the widget people work with: the first that takes them."""
        for widget in self.query("*"):
            if widget.focusable:
                widget.focus()
                return
        self.focus()

    def back(self) -> bool:
        """Take one step back inside the place (clear a filter); False: there was nothing to go back from."""
        return False

    @property
    def measuring(self) -> bool:
        """Whether something is being measured here, which would be lost if the program ended now."""
        return False

    async def end_measuring(self) -> None:
        """End what is being measured; return when what was read so far is stored."""

    def speak_anew(self) -> None:
        """Draw everything in the language that has just been chosen. A place with work under way overrides it."""
        self.call_later(self._rebuild)

    async def _rebuild(self) -> None:
        stood = [one.current for one in self.query(Table)]
        await self.recompose()
        filling = self.fill()
        if self.app.shell.current is self:
            self.focus_first()
        if isinstance(filling, Worker):
            self.run_worker(self._turn_back(filling, stood))

    async def _turn_back(self, filling: Worker[None], stood: Sequence[str | None]) -> None:
        """Put the cursors of the lists where they stood before all of it was drawn anew."""
        with suppress(WorkerFailed, WorkerCancelled):
            await filling.wait()
            for table, key in zip(self.query(Table), stood, strict=False):
                if key is not None:
                    table.turn_to(key)
