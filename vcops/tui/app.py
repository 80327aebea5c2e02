"""The program on the screen: opens the shell, hands store calls to their thread, announces what goes wrong."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar, Concatenate, ParamSpec, TypeVar

from rich.cells import cell_len
from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.notifications import Notification
from textual.screen import Screen
from textual.theme import Theme
from textual.widget import MountError
from textual.widgets import Input
from textual.worker import Worker, get_current_worker

from vcops import locale
from vcops.errors import StorageError, VcopsError
from vcops.locale import _
from vcops.operations.workplace import Workplace
from vcops.tui import toasts
from vcops.tui.bindings import bindings
from vcops.tui.chrome.header import whole_minute
from vcops.tui.chrome.too_small import SMALLEST, TooSmall
from vcops.tui.collecting import collect_in_pause, postpone_full_collections
from vcops.tui.commands import SHELL
from vcops.tui.keys import Handled, Keys
from vcops.tui.lasting import end_when_asked, outlive_terminal
from vcops.tui.plain import clean_lines
from vcops.tui.shell import Shell
from vcops.tui.theme import DEFAULT, THEMES
from vcops.tui.worker import StoreThread

__all__ = ["VcopsApp", "run"]

SECONDS_TO_WARM_UP = 1.0
"""After the first picture; earlier it would compete with the first keys."""

Words = ParamSpec("Words")
Outcome = TypeVar("Outcome")


class VcopsApp(App[object], inherit_bindings=False):
    """One workplace on the screen."""

    TITLE = "vcops"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(SHELL),
        Binding("ctrl+c", "how_to_quit", show=False, priority=True),  # a field or a dialog would keep it
    ]
    CSS = toasts.STYLE

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.workplace = workplace
        self.zone = "Asia/Jakarta"
        self._store = StoreThread()
        self._disable_tooltips = True  # nothing here has one, and every dialog would make a widget for it
        self.animation_level = "none"  # a list that glides costs a slow line a picture for each step of it
        self._first_run_offered = False
        self.keys = Keys(self)
        self._roomy = asyncio.Event()
        self._roomy.set()
        for theme in THEMES.values():
            self.register_theme(theme)
        remembered = workplace.memory.read().get("theme") or workplace.settings.theme
        self.theme = remembered if remembered in self.available_themes else DEFAULT
        if workplace.settings.keys:
            self.set_keymap(workplace.settings.keys)

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return a theme. Textual copies the table of them first, and asks once for every line that is drawn."""
        return self._registered_themes.get(theme_name) or super().get_theme(theme_name)

    # -- opening ----------------------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[Any]:
        """Return the one screen."""
        return Shell()

    @property
    def shell(self) -> Shell:
        """The one screen, under whatever dialog is open."""
        shell = self.screen_stack[0]
        assert isinstance(shell, Shell)
        return shell

    def _build_driver(self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None) -> Driver:
        """Build Textual's driver, with a terminal that may go away."""
        return outlive_terminal(super()._build_driver(headless, inline, mouse, size), self._ended_by)

    def on_mount(self) -> None:
        """End in order when the system asks for it."""
        end_when_asked(self._ended_by)

    def frame_ready(self) -> None:
        """Fill the rows around the places; the first place comes after they are drawn."""
        header = self.shell.header
        header.who, header.database = self.workplace.who, self.workplace.database_name
        header.demo = self.workplace.demo
        self.shell.announce("today")
        self.set_interval(5, self.tick)
        self._fit_window()
        self.call_after_refresh(self._begin)

    def _ended_by(self, sign: signal.Signals) -> None:
        self.exit(return_code=128 + sign)

    async def _begin(self) -> None:
        self.tick()
        if self.workplace.read_only:
            self.shell.header.read_only = True
            self.report(StorageError("storage.read_only", url=str(self.workplace.database_file)))
        if self.workplace.demo:
            from vcops.operations.demo import furnish

            await self.in_store(furnish)
        await self.shell.turn_to("today")
        self.set_timer(SECONDS_TO_WARM_UP, self._warm_up)

    def _warm_up(self) -> Worker[None]:
        return self.run_worker(self._settle_in, group="warm_up")  # not begun where the program ends this moment

    async def _settle_in(self) -> None:
        """Import what the next key needs, then delete the pictures whose days are over."""
        from vcops.operations.evidence import expire
        from vcops.operations.warmup import warm_up

        await self.in_store(lambda _workplace: cell_len("✓"))  # rich loads the widths of such signs: 20 ms
        await self.in_store(warm_up)
        postpone_full_collections()
        with self.reporting():
            await self.in_store(expire)

    def tick(self) -> None:
        """Move the clock in the header, and tidy up where nobody presses a key."""
        with self.reporting():
            self.shell.header.now = whole_minute(self.now())
        collect_in_pause(self.keys.resting)

    def on_unmount(self) -> None:
        """Let the store finish what it was asked for."""
        self._store.stop()

    # -- the window -------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Look whether there is room enough, once Textual knows the new size."""
        self.call_later(self._fit_window)

    def _fit_window(self) -> None:
        """Lay the message over everything while there is too little room; what was under it keeps its focus."""
        small = self.size.width < SMALLEST[0] or self.size.height < SMALLEST[1]
        if small and self._roomy.is_set():
            self._roomy.clear()
            self.push_screen(TooSmall())
        elif not small and not self._roomy.is_set():
            self._roomy.set()
            if isinstance(self.screen, TooSmall):
                self.pop_screen()

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """What is laid out although something lies over it: nothing where the window has no room for it."""
        return [] if isinstance(self.screen, TooSmall) else super()._background_screens

    # -- the keys ---------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Take one key after the other: the next one may be meant for what the one before opens."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self.keys.waiting:
            self.keys.hold(event)
        else:
            await self.keys.deliver(event)

    async def hand_on(self, event: events.Event) -> None:
        """Hand a key to what has the focus. What was confirmed has been read."""
        self._take_away(toasts.read(self._notifications))
        await super().on_event(event)

    def on_handled(self, message: Handled) -> None:
        """Tell that a key has come all the way up."""
        message.done.set()

    def asks(self, worker: Worker[Any]) -> None:
        """Tell that something was begun that opens a dialog: the next keys are meant for it."""
        self.keys.asks(worker)

    # -- what places call -------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """Return the time by the workplace's clock (aware, UTC)."""
        return self.workplace.clock()

    async def in_store(
        self,
        operation: Callable[Concatenate[Workplace, Words], Outcome],
        *args: Words.args,
        **kwargs: Words.kwargs,
    ) -> Outcome:
        """Run an operation in the store's thread; it gets the workplace first. Raises what it raises."""
        return await self._store.run(lambda: operation(self.workplace, *args, **kwargs))

    @property
    def busy(self) -> bool:
        """Whether the store is working for the screen at the moment, or a key is on its way."""
        return self._store.busy or self.keys.waiting

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Announce a VcopsError raised inside instead of letting it through; while the program ends, nothing else."""
        try:
            yield
        except VcopsError as error:
            self.report(error)
        except NoMatches:
            if self.is_running:  # at the end the parts of a place go before the place
                raise

    def report(self, error: VcopsError) -> None:
        """Say what happened, what was kept and what to do; keep it in the log too."""
        from vcops.tui.log import log
        from vcops.tui.sentences import explain

        said = explain(error.code, error.params)
        log(self.workplace).warning("%s: %s", error.code, said.message)
        text = clean_lines(f"{said.message}\n{said.remedy}".strip())
        if all(one.message != text for one in self._notifications):  # the same refusal is said once at a time
            self.notify(text, severity="error", timeout=12, markup=False)

    def on_notify(self) -> None:
        """Make room for one more toast; Textual adds it after this."""
        self._take_away(toasts.surplus(self._notifications))

    def _take_away(self, those: list[Notification]) -> None:
        for one in those:
            self._unnotify(one)

    def say(self, text: str) -> None:
        """Say that something was done. Text from people may be in it."""
        self.notify(clean_lines(text), timeout=4, markup=False)

    @property
    def roomy(self) -> bool:
        """Whether the window is large enough for a dialog."""
        return self._roomy.is_set()

    async def ask(self, dialog: Screen[Outcome]) -> Outcome | None:
        """Show a dialog and wait for its answer; None where it was left with escape. Call it inside a `deed`."""
        await self._roomy.wait()
        answer = await self.push_screen_wait(dialog)
        self.asks(get_current_worker())  # it may ask on with the answer
        return answer

    async def open_dialog(self, name: str, **keywords: Any) -> Any:
        """Show a dialog of `vcops.tui.dialogs.table` by name, importing it now; return its answer."""
        from vcops.tui.dialogs.table import make_dialog

        return await self.ask(make_dialog(name, **keywords))

    def show_office(self, name: str, zone: str = "") -> None:
        """Put the office's name into the header; its zone moves the clock."""
        self.zone = zone or self.zone
        self.shell.header.office, self.shell.header.zone = name, self.zone

    def offer_first_run(self) -> None:
        """Ask once for what a new office needs; skipping it is remembered."""
        if not self._first_run_offered and not self.workplace.memory.read().get("first_run"):
            self._first_run_offered = True
            self.run_worker(self._first_run(), exclusive=True, group="first_run")

    async def _first_run(self) -> None:
        answer = await self.open_dialog("first_run", app=self)
        self.workplace.memory.keep(first_run="done" if answer else "skipped")
        self.show_who()
        self.shell.header.database = self.workplace.database_name
        self.shell.header.read_only = self.workplace.read_only
        self.action_reload()

    def show_who(self) -> None:
        """Put who works here into the header."""
        self.shell.header.who = self.workplace.who

    def go(self, place: str, subject: str = "", *, remember: bool = True) -> None:
        """Go to a place and turn to one thing there. The navigation shows it at once."""
        self.shell.announce(place, remember=remember)
        if self.shell.is_made(place):  # in the same picture: a second one has to wait for its turn
            self.shell.show_place(place, subject)
        else:
            self.shell.call_after_refresh(self.shell.turn_to, place, subject)

    def speak(self, language: str) -> None:
        """Speak this language from now on, and remember it."""
        locale.use(language)
        self.workplace.memory.keep(language=language)
        self.shell.speak_anew()

    def dress(self, theme: str) -> None:
        """Use this theme from now on, and remember it."""
        self.theme = theme
        self.workplace.memory.keep(theme=theme)

    # -- commands of the shell --------------------------------------------------------------------------------

    async def action_go(self, place: str) -> None:
        """Go to a place. Keys pressed meanwhile wait for it: they are meant for what it shows."""
        self.go(place)
        await self.shell.shown()

    def on_navigation_wanted(self, message: Any) -> None:
        """Go where someone clicked."""
        self.go(message.place)

    async def action_back(self) -> None:
        """Go back; never quit."""
        if place := self.shell.go_back():
            self.go(place, remember=False)

    def action_reload(self) -> None:
        """Read the place anew."""
        if self.shell.current is not None:
            self.shell.current.fill()

    def action_explain(self) -> None:
        """Explain the place one is on."""
        from vcops.tui.commands import groups_of
        from vcops.tui.dialogs.help import HelpDialog

        place, shell = self.shell.current, self.shell
        if place is not None and self.screen is shell:
            working = {one.binding.id for one in shell.active_bindings.values() if one.enabled}
            groups = groups_of(shell.navigation.current, working)
            self.push_screen(HelpDialog(shell.header.place, place.EXPLANATION, groups, self.workplace.settings.keys))

    def action_palette(self) -> None:
        """Open the palette."""
        if self.screen is self.shell:
            from vcops.tui.palette import Palette

            self.push_screen(Palette())

    def action_switch_language(self) -> None:
        """Speak the other language."""
        self.speak("en" if locale.language() == "id" else "id")

    def action_next_theme(self) -> None:
        """Use the next theme."""
        names = list(THEMES)
        self.dress(names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else DEFAULT)

    def action_how_to_quit(self) -> None:
        """Say which key quits: ctrl+c must not lose a half-typed form. What is marked is copied as ever."""
        marked = self.focused.selected_text if isinstance(self.focused, Input) else self.screen.get_selected_text()
        if marked:
            self.copy_to_clipboard(marked)
        self.say(_("Press Ctrl+Q to quit."))

    async def action_quit(self) -> None:
        """Quit. While something is measured ask once before; the key that asked confirms as well."""
        from vcops.tui.quitting import QuitDialog, ask_to_quit, measuring

        if isinstance(self.screen, QuitDialog):
            self.screen.dismiss(True)
        elif measuring(self):
            self.asks(self.run_worker(ask_to_quit(self), group="quit"))
        else:
            self.exit()

    # -- the end ----------------------------------------------------------------------------------------------

    def _handle_exception(self, error: Exception) -> None:
        """Let a part of a place be gone before the place while the program ends; anything else is a fault."""
        if not (self._exit and isinstance(error, NoMatches | MountError)):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Write the traceback into the log instead of over the terminal."""
        from vcops.tui.log import log

        log(self.workplace).exception("screen.ended")
        self._close_messages_no_wait()


def run(workplace: Workplace) -> int:
    """Open the screens and return the exit status."""
    app = VcopsApp(workplace)
    app.run()
    return app.return_code or 0
