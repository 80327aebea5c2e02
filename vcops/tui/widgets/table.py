"""A list in aligned columns, drawn line by line: ten thousand lines cost no more than twenty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from vcops.tui.bindings import bindings
from vcops.tui.commands import LISTS
from vcops.tui.plain import Cell, clean
from vcops.tui.widgets.focusing import Focusing

__all__ = ["Column", "Line", "Table", "fit"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its translated title, its width (0: what is left, by `share`), where it stands."""

    title: str = ""
    width: int = 0
    right: bool = False
    share: int = 1
    least: int = 8
    """What a sharing column needs at least."""
    gap: int = 2
    """Blank cells before the next column."""
    from_width: int = 0
    """Left out where the whole table is narrower than this."""
    below: int = 0
    """Left out where the whole table is this wide or wider; 0: never."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its key and one cell a column, a text or a `Cell` with a tone. Without a key it cannot be chosen."""

    key: str
    cells: tuple[str | Cell, ...]


class Table(Focusing, ScrollView, can_focus=True):
    """Shows lines; `current` is the key of the one the cursor is on. Texts are never markup."""

    DEFAULT_CSS = """
    Table {
        height: 1fr;
        background: $background;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        & > .table--title { color: $text-muted; }
        & > .table--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
        & > .table--blurred { background: $panel; }
        & > .table--strong { text-style: bold; }
        & > .table--dim { color: $text-muted; }
        & > .table--accent { color: $accent; }
        & > .table--good { color: $text-success; }
        & > .table--warn { color: $text-warning; }
        & > .table--bad { color: $text-error; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--title", "table--cursor", "table--blurred", "table--strong", "table--dim", "table--accent",
        "table--good", "table--warn", "table--bad",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings(LISTS)
    ALLOW_SELECT = False

    cursor: reactive[int] = reactive(0, repaint=False)

    class About(Message):
        """Something about one line. Nobody listens to it; `Chosen` and `Moved` must not answer for each other."""

        def __init__(self, table: Table, key: str) -> None:
            super().__init__()
            self.table, self.key = table, key

        @property
        def control(self) -> Table:
            """The table."""
            return self.table

    class Chosen(About):
        """Enter, or a second click, on a line."""

    class Moved(About):
        """The cursor stands on another line."""

    def __init__(self, columns: Sequence[Column] = (), *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.columns: tuple[Column, ...] = tuple(columns)
        self.lines: list[Line] = []
        self._widths: list[int] = []
        self._width = self._last = 0
        self._read = False
        self._chosen_early = False
        self._base = Style()

    # -- what is shown ----------------------------------------------------------------------------------------

    def show(self, lines: Iterable[Line], columns: Sequence[Column] | None = None) -> None:
        """Show these lines; the cursor stays on the line of the same key where it is still there."""
        kept, lines = self.current, list(lines)
        if self._read and lines == self.lines and (columns is None or tuple(columns) == self.columns):
            return
        before, laid_out = self.lines, (self.columns, self._widths)
        self._read = True
        self.lines = lines
        if columns is not None:
            self.columns = tuple(columns)
        self._lay_out()
        places = [place for place, line in enumerate(self.lines) if line.key]
        same = next((place for place in places if self.lines[place].key == kept), None)
        if same is None:
            same = next((place for place in places if place >= self.cursor), places[-1] if places else 0)
        self.cursor = same
        self._keep_in_sight()
        self._draw_what_changed(before, anew=laid_out != (self.columns, self._widths))
        if self.current != kept and self.current is not None:
            self.post_message(self.Moved(self, self.current))
        if self._chosen_early:
            self._chosen_early = False
            self.action_choose()

    def _draw_what_changed(self, before: Sequence[Line], *, anew: bool) -> None:
        """Draw the lines that differ: an answer in a long list changes one of two hundred."""
        if anew or len(before) != len(self.lines):
            self.refresh()
            return
        for place, (old, new) in enumerate(zip(before, self.lines, strict=True)):
            if old != new:
                self.refresh_line(place + self._titled)

    @property
    def current(self) -> str | None:
        """The key of the line under the cursor."""
        if 0 <= self.cursor < len(self.lines):
            return self.lines[self.cursor].key or None
        return None

    def turn_to(self, key: str) -> bool:
        """Put the cursor on the line of that key; False where there is none."""
        for place, line in enumerate(self.lines):
            if line.key == key:
                self._move(place)
                return True
        return False

    @property
    def _titled(self) -> int:
        return 1 if any(column.title for column in self.columns) else 0

    def _lay_out(self) -> None:
        height = len(self.lines) + self._titled
        whole = self.scrollable_content_region.width
        width = whole - self.show_vertical_scrollbar  # a number at the end does not touch the scrollbar
        shown = [
            column if width >= column.from_width and not 0 < column.below <= width else None for column in self.columns
        ]
        self._last = max((at for at, column in enumerate(shown) if column), default=0)
        taken = sum(column.width + (column.gap if at < self._last else 0) for at, column in enumerate(shown) if column)
        spare = max(0, width - taken)
        shared = _shared([column for column in shown if column and not column.width], spare)
        self._widths = [0 if column is None else column.width or next(shared) for column in shown]
        self._width = whole
        self.virtual_size = Size(whole, height)

    def on_mount(self) -> None:
        """Share the width anew when the scrollbar comes or goes."""
        self.watch(self, "show_vertical_scrollbar", self.on_resize, init=False)

    def on_resize(self) -> None:
        """Share the width anew."""
        self._lay_out()
        self._keep_in_sight()

    # -- drawing ----------------------------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the window. Its own style is looked up once: it is the same for each of its lines."""
        self._base = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width, base = self._width, self._base
        if self._titled and y == 0:
            style = base + self.get_component_rich_style("table--title", partial=True)
            titles = [Segment(text, style) for text in self._pieces([column.title for column in self.columns])]
            return Strip(titles).adjust_cell_length(width, style)
        place = self.scroll_offset.y + y - self._titled
        if not 0 <= place < len(self.lines):
            return Strip.blank(width, base)
        under = Style()
        if place == self.cursor and self.lines[place].key:
            name = "table--cursor" if self.has_focus else "table--blurred"
            under = self.get_component_rich_style(name, partial=True)
        line = self.lines[place]
        cells = [one if isinstance(one, Cell) else Cell(one) for one in line.cells]
        if not line.key and len(cells) == 1:  # a heading over the whole width
            text = fit(clean(cells[0].text), width, right=False)
            return Strip([Segment(text, self._style(base, cells[0].tone, under))])
        segments = []
        for cell, text in zip(self._shown(cells), self._pieces([cell.text for cell in cells]), strict=False):
            segments.append(Segment(text, self._style(base, cell.tone, under)))
        return Strip(segments).adjust_cell_length(width, base + under)

    def _style(self, base: Style, tone: str, under: Style) -> Style:
        toned = self.get_component_rich_style(f"table--{tone}", partial=True) if tone else Style()
        if under.bgcolor is not None and self.app.current_theme.ansi:
            return base + under  # the terminal's own colours may not be readable on each other
        if under.bgcolor is not None:
            return base + under + toned
        return base + toned

    def _shown(self, cells: list[Cell]) -> list[Cell]:
        return [cell for cell, width in zip(cells, self._widths, strict=False) if width]

    def _pieces(self, texts: Sequence[str]) -> list[str]:
        """Return the texts as wide as their columns, with the gaps behind them."""
        return [
            fit(clean(text), width, right=column.right) + " " * (column.gap if at < self._last else 0)
            for at, (text, column, width) in enumerate(zip(texts, self.columns, self._widths, strict=False))
            if width
        ]

    # -- moving -----------------------------------------------------------------------------------------------

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the line that was left and the one that was reached."""
        for place in (before, after):
            self.refresh_line(place + self._titled)

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor fainter."""
        self._chosen_early = False
        self.refresh()

    def _move(self, place: int, step: int = 1) -> None:
        """Go to the nearest line that can be chosen, from `place` on in the direction of `step`."""
        while 0 <= place < len(self.lines) and not self.lines[place].key:
            place += step
        if 0 <= place < len(self.lines) and place != self.cursor:
            self.cursor = place
            self._keep_in_sight()
            self.post_message(self.Moved(self, self.lines[place].key))

    def _keep_in_sight(self) -> None:
        if self.cursor < 0:  # on nothing yet
            return
        height = max(1, self.size.height - self._titled)
        top = self.scroll_offset.y
        # A heading just above the first line of its group comes into sight with it.
        first = self.cursor - 1 if self.cursor and not self.lines[self.cursor - 1].key else self.cursor
        if self.cursor == next((at for at, line in enumerate(self.lines) if line.key), 0):
            first = 0
        if first < top:
            self.scroll_to(y=first, animate=False, immediate=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, immediate=True)

    def action_down(self) -> None:
        """Next line."""
        self._move(self.cursor + 1)

    def action_up(self) -> None:
        """Line before."""
        self._move(self.cursor - 1, -1)

    def action_top(self) -> None:
        """First line."""
        self._move(0)

    def action_bottom(self) -> None:
        """Last line."""
        self._move(len(self.lines) - 1, -1)

    def action_page_down(self) -> None:
        """A page on."""
        self._move(min(len(self.lines) - 1, self.cursor + max(1, self.size.height - 2)), -1)

    def action_page_up(self) -> None:
        """A page back."""
        self._move(max(0, self.cursor - max(1, self.size.height - 2)))

    def action_choose(self) -> None:
        """Open the line; where the lines are still being read, once they are there."""
        if self.current is not None:
            self.post_message(self.Chosen(self, self.current))
        elif not self._read:
            self._chosen_early = True

    def on_click(self, event: events.Click) -> None:
        """A click goes to the line, one more opens it."""
        place = self.scroll_offset.y + event.y - self._titled
        if event.y >= self._titled and 0 <= place < len(self.lines) and self.lines[place].key:
            if place == self.cursor and event.chain > 1:
                self.action_choose()
            self._move(place)


def _shared(columns: Sequence[Column], spare: int) -> Iterator[int]:
    """Yield the widths of the sharing columns: those that would get less than they need get that, the rest share."""
    widths: dict[int, int] = {}
    while True:
        open_ones = [at for at in range(len(columns)) if at not in widths]
        left = max(0, spare - sum(widths.values()))
        shares = sum(columns[at].share for at in open_ones) or 1
        needy = [at for at in open_ones if left * columns[at].share // shares < columns[at].least]
        if not needy:
            break
        widths |= {at: columns[at].least for at in needy}
    for at in open_ones:
        widths[at] = left * columns[at].share // shares
    if open_ones:  # what the division left over goes to the first
        widths[open_ones[0]] += left - sum(widths[at] for at in open_ones)
    yield from (widths[at] for at in range(len(columns)))


def fit(text: str, width: int, *, right: bool) -> str:
    """Return a text exactly `width` cells wide, cut with an ellipsis where it is longer."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + "…" if width else ""
    return " " * (width - length) + text if right else text + " " * (width - length)
