"""The months of a period as bars, each beside the same month a year earlier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from vcops.domain.comparing import change_percent
from vcops.formats import month_name, number, rupiah
from vcops.locale import N_, _
from vcops.tui.commands import key_name
from vcops.tui.dialogs.base import Dialog, hint
from vcops.tui.place import deed
from vcops.tui.plain import Cell, plain
from vcops.tui.tally.rows import bar
from vcops.tui.tally.view import View
from vcops.tui.widgets.scrolling import SCROLL_KEYS, Scrolling
from vcops.tui.widgets.sheet import Row, Sheet, wrapped
from vcops.tui.widgets.table import fit
from vcops.wording.savings import ESTIMATE, change_words

if TYPE_CHECKING:
    from vcops.domain.comparing import MonthPair
    from vcops.domain.tally import TallyRow
    from vcops.operations.workplace import Workplace

__all__ = ["ChartDialog", "chart_lines"]

_SHORTEST = 20
"""Cells of a bar that still tells something; where there are fewer, the change is told without the amount."""
Measure = Callable[["TallyRow"], int | None]


def _gross(row: TallyRow) -> int | None:
    """Return the month's amount; None without one, or with several, which are never added up."""
    return row.totals[0].gross if len(row.totals) == 1 and row.totals[0].valued else None


MEASURES: tuple[tuple[str, Measure, Callable[[int], str]], ...] = (
    (N_("Meetings"), lambda row: row.meetings, number),
    (N_("Participants"), lambda row: row.participants, number),
    (N_("Avoided cost"), _gross, rupiah),
)
"""What is drawn: its name, its value, how the value is written."""


class ChartDialog(Scrolling, Dialog[None]):
    """Draws the bars; Space changes what is drawn."""

    DEFAULT_CSS = """
    ChartDialog {
        & > .panel { width: 100; }
        #scroll { height: auto; max-height: 15; scrollbar-size-vertical: 1; }
        &.-high #scroll { max-height: 30; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,c", "next", show=False), *SCROLL_KEYS]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high")]  # noqa: RUF012 - as Textual declares it
    SCROLLED = "#scroll"

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self._measure = 0
        self._pairs: Sequence[MonthPair] = ()

    def compose(self) -> ComposeResult:
        """Build the page."""
        with Vertical(classes="panel"):
            yield Static("", classes="title")
            with VerticalScroll(id="scroll", can_focus=False):
                yield Sheet()
            yield hint((key_name("space"), _("meetings, people, avoided cost")), ("Esc", _("close")))

    def on_mount(self) -> None:
        """Read the months."""
        self._fill()

    @deed
    async def _fill(self) -> None:
        self._pairs = await self.app.in_store(_chart, self._view)
        self._draw()

    def action_next(self) -> None:
        """Draw the next thing."""
        self._measure = (self._measure + 1) % len(MEASURES)
        self._draw()

    def _draw(self) -> None:
        name = _("{measure} by month").format(measure=_(MEASURES[self._measure][0]))
        self.query_one(".title", Static).update(plain(name))
        self.query_one(Sheet).show(lambda width: chart_lines(self._pairs, self._measure, width))


def chart_lines(pairs: Sequence[MonthPair], measure: int, width: int) -> list[Row]:
    """Return a line a month: name, value, bar; behind it the change since the same month a year earlier."""
    _name, value, write = MEASURES[measure]
    now = [_value(one.now, value) for one in pairs]
    before = [_value(one.before, value) for one in pairs]
    names = [month_name(one.month) for one in pairs]
    said = [_said(one, amount, write) for one, amount in zip((pair.now for pair in pairs), now, strict=True)]
    behind = [_behind(ours, theirs, write) for ours, theirs in zip(now, before, strict=True)]
    taken = max((len(one) for one in (*names, *said)), default=0) * 2
    if width - taken - max((len(one) for one in behind), default=0) < _SHORTEST:
        behind = [_behind(ours, theirs) for ours, theirs in zip(now, before, strict=True)]
    wide = [max((len(text) for text in texts), default=0) for texts in (names, said, behind)]
    most = max((one for one in (*now, *before) if one), default=0)
    room = max(0, width - sum(wide) - 6)
    lines: list[Row] = []
    for texts, amount in zip(zip(names, said, behind, strict=True), now, strict=True):
        drawn = bar(amount or 0, most, room)
        lines.append([
            Cell(fit(texts[0], wide[0], right=False)),
            Cell("  " + fit(texts[1], wide[1], right=True), "strong"),
            Cell("  " + fit(drawn, room, right=False), "accent"),
            Cell("  " + texts[2], "dim"),
        ])  # fmt: skip
    if measure == len(MEASURES) - 1:
        lines += [(), *wrapped(_(ESTIMATE), width, "accent")]
    return lines


def _value(row: TallyRow | None, value: Measure) -> int | None:
    return 0 if row is None else value(row)


def _said(row: TallyRow | None, amount: int | None, write: Callable[[int], str]) -> str:
    if amount is not None:
        return write(amount)
    return _("several tariffs") if row is not None and len(row.totals) > 1 else _("not counted")


def _behind(now: int | None, before: int | None, write: Callable[[int], str] | None = None) -> str:
    """Return what there was a year earlier and the change since; without `write` the change alone."""
    if not before:
        return _("a year earlier: none")
    change = change_percent(now, before) if now is not None else None
    if write is None:
        return _("since a year earlier:{change}").format(change=change_words(change)).replace("(", "").replace(")", "")
    return _("a year earlier: {value}").format(value=write(before)) + change_words(change)


def _chart(workplace: Workplace, view: View) -> tuple[MonthPair, ...]:
    from vcops.operations.savings import chart

    return chart(workplace, view.period, view.what_if or None)
