"""A walk on the screen: heading, the list of steps, and beside it one step or one decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message

from vcops.domain.pictures import Preview
from vcops.domain.procedures import Gate, Step
from vcops.tui.chrome.header import whole_minute
from vcops.tui.prepare.checking import RunningCheck
from vcops.tui.prepare.gate_pane import GatePane
from vcops.tui.prepare.heading import WalkHeading
from vcops.tui.prepare.paper import Page
from vcops.tui.prepare.sight import Sight
from vcops.tui.prepare.step_page import Look, step_page
from vcops.tui.prepare.steps import StepList, step_lines
from vcops.tui.prepare.viewfinder import Viewfinder
from vcops.tui.prepare.walked import GATE, Walked
from vcops.tui.widgets.table import Table

__all__ = ["Shown", "WalkView"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A walk and what is known of it beside the database: its running checks, and since when one is at a step."""

    walked: Walked
    checks: Mapping[str, RunningCheck]
    """By the step that they measure."""
    sources: Mapping[str, str]
    """What each measured step is measured with, fit to be shown."""
    now: datetime
    executor: str
    """Where that is not who works here."""
    came: Mapping[str, datetime]
    """When one came to the steps that wait."""


class WalkView(Vertical):
    """Shows a walk; what is chosen in it goes up as messages."""

    SCOPED_CSS: ClassVar[bool] = False  # the window's width is a class of the screen

    DEFAULT_CSS = """
    WalkView {
        & > Horizontal { height: 1fr; }
        #beside { width: 1fr; margin: 0 0 0 2; }
        #page-scroll { scrollbar-size-vertical: 1; background: $background; }
        Page { padding: 0 1 0 0; }
        GatePane, Viewfinder { display: none; }
    }
    Shell.-narrow WalkView.-deciding StepList { display: none; }
    Shell.-narrow WalkView.-deciding #beside { margin: 0; }
    Shell.-normal WalkView StepList { width: 38; }
    Shell.-wide WalkView StepList { width: 54; }
    Shell.-wide WalkView #beside { margin: 0 0 0 4; max-width: 110; }
    """

    heading = getters.query_one(WalkHeading)
    steps = getters.query_one(StepList)
    gate = getters.query_one(GatePane)
    page = getters.query_one(Page)
    viewfinder = getters.query_one(Viewfinder)

    class Turned(Message):
        """Another line of the walk is looked at."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._look: Sight | None = None
        self._drawn = ""
        self._owed: bool | None = None
        """Whether something is to be drawn at the end of `at_once`; None outside of it."""
        self._looked_at: tuple[str, datetime | None] = ("", None)

    def compose(self) -> ComposeResult:
        """Build the columns."""
        yield WalkHeading()
        with Horizontal():
            yield StepList()
            with Vertical(id="beside"):
                with VerticalScroll(id="page-scroll", can_focus=False):
                    yield Page()
                yield Viewfinder()
                yield GatePane()

    def on_mount(self) -> None:
        """Show a step in the same picture in which the cursor comes to it: a message would be a picture late."""
        self.watch(self.steps, "cursor", self._draw_beside, init=False)

    # -- what is shown ----------------------------------------------------------------------------------------

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Draw the right side once at the end, however much is shown meanwhile: each page is laid out by hand."""
        if self._owed is not None:
            yield
            return
        self._owed = False
        try:
            yield
        finally:
            owed, self._owed = self._owed, None
            if owed:
                self._draw_beside()

    def show(self, shown: Shown) -> None:
        """Show this walk."""
        self._shown = shown
        self.heading.show(shown.walked, shown.now, shown.executor)
        self.steps.show(step_lines(shown.walked, shown.checks))
        self._draw_beside()

    def show_checks(self, checks: Mapping[str, RunningCheck]) -> None:
        """Show what running checks have told."""
        if self._shown is None:
            return
        self._shown = replace(self._shown, checks=checks)
        if self.key in checks or self.gate_shown is not None:
            self._draw_beside()

    def come_to(self, came: Mapping[str, datetime]) -> None:
        """Show since when the steps wait that one has come to."""
        if self._shown is not None:
            self._shown = replace(self._shown, came=came)
            self._draw_beside()

    def since(self, step: Step) -> datetime | None:
        """Return when one came to a step: led there by the walk, else when it was looked at; None for any other."""
        if self._shown is None:
            return None
        key, looked = self._looked_at
        return self._shown.came.get(step.id) or (looked if key == step.id else None)

    def look_through(self, sight: Sight | None) -> None:
        """Show what a camera sees that is only looked through; None: no more."""
        self._look = sight
        self._draw_beside()

    @property
    def preview(self) -> Preview:
        """How large and how often pictures are wanted here."""
        return self.viewfinder.preview_in(self.query_one("#beside").size)

    def turn_to(self, key: str) -> None:
        """Look at a step or a decision."""
        self.steps.turn_to(key)
        self._draw_beside()
        self.scroll_page(top=True)

    def tick(self, now: datetime) -> None:
        """Move the time on."""
        self.heading.now = whole_minute(now)
        if self._shown is not None:
            before, self._shown = self._shown, replace(self._shown, now=now)
            if whole_minute(before.now) != whole_minute(now) and self.gate_shown is None:
                self._draw_beside()

    def scroll_page(self, pages: int = 0, *, top: bool = False) -> None:
        """Scroll the text on the right by half its height, or to its top."""
        scroll = self.query_one("#page-scroll", VerticalScroll)
        y = 0.0 if top else scroll.scroll_y + pages * max(1, scroll.size.height // 2)
        if y != scroll.scroll_y:
            scroll.scroll_to(y=y, animate=False)

    @property
    def key(self) -> str:
        """The line one looks at."""
        return self.steps.current or ""

    @property
    def step(self) -> Step | None:
        """The step one looks at, if it is one."""
        return self._shown.walked.run.procedure.step(self.key) if self._shown else None

    @property
    def gate_shown(self) -> Gate | None:
        """The decision one looks at, if it is one."""
        if self._shown is None or not self.key.startswith(GATE):
            return None
        wanted = self.key.removeprefix(GATE)
        return next((gate for _phase, gate in self._shown.walked.run.gates() if gate.id == wanted), None)

    def focus_list(self) -> None:
        """Give the keys to the list of steps."""
        self.steps.focus()

    def enter_gate(self) -> None:
        """Give the keys to the decision, from its first line on."""
        self.gate.action_top()
        self.gate.focus()

    def _draw_beside(self) -> None:
        if self._owed is not None:
            self._owed = True
            return
        shown, gate, step = self._shown, self.gate_shown, self.step
        self._drawn = self.key
        if shown is not None and self._looked_at[0] != self.key:
            self._looked_at = (self.key, shown.now)
        check = shown.checks.get(step.id) if shown and step else None
        sight = check.sight if check else self._look if step and self._look and self._look.step_id == step.id else None
        for one, seen in (
            (self.query_one("#page-scroll"), gate is None and sight is None),
            (self.viewfinder, sight is not None),
            (self.gate, gate is not None),
        ):
            if one.display != seen:  # a class would have the rules of all that is in it matched anew
                one.display = seen
        if shown is None:
            return
        if gate is not None:
            self.gate.show_gate(shown.walked, gate, shown.checks)
        elif step is not None:
            look = self._look_of(shown, step)
            if sight is not None:
                self.viewfinder.show(sight, look)
            else:
                self.page.build = partial(step_page, look)

    def _look_of(self, shown: Shown, step: Step) -> Look:
        return Look(
            shown.walked,
            step,
            shown.checks.get(step.id),
            shown.sources.get(step.id, ""),
            shown.now,
            tall=self.screen.has_class("-high"),
            unnamed=shown.walked.without_server(shown.sources),
            since=self.since(step),
        )

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Give the decision the whole width of a narrow window while one is in it."""
        self.set_class(event.widget is self.gate, "-deciding")
        self.post_message(self.Turned(self.key))  # other keys work there

    def on_table_moved(self, event: Table.Moved) -> None:
        """Show the step the cursor has come to."""
        event.stop()
        if event.table is self.steps:
            if event.key != self._drawn:
                self._draw_beside()
            self.scroll_page(top=True)
        self.post_message(self.Turned(event.key))
