"""Text laid out by hand: lines of toned pieces that know how wide they may be."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from rich.cells import cell_len, chop_cells
from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from vcops.tui.plain import TONES, Cell, clean
from vcops.tui.widgets.table import fit

__all__ = ["Page", "Paper"]


@dataclass(slots=True)
class Paper:
    """Lines under construction, at most `width` cells wide. Texts from people are drawn as they are."""

    width: int
    lines: list[list[Cell]] = field(default_factory=list)

    def line(self, *pieces: Cell) -> None:
        """Put one line, cut where it is too long."""
        left, kept = self.width, []
        for piece in pieces:
            text = clean(piece.text)
            if (cells := cell_len(text)) > left:
                text, cells = fit(text, left, right=False), left
            kept.append(Cell(text, piece.tone))
            left -= cells
        self.lines.append(kept)

    def blank(self) -> None:
        """Put one empty line, never two below each other and none at the top."""
        if self.lines and self.lines[-1]:
            self.lines.append([])

    def paragraph(self, text: str, tone: str = "", *, lead: Cell | None = None, indent: int = 0) -> None:
        """Put a text in as many lines as it needs. `lead` stands before the first one, the others begin below it."""
        before = cell_len(lead.text) if lead else indent
        room = max(8, self.width - before)
        pieces = textwrap.wrap(clean(text), room, break_on_hyphens=False) or [""]
        wrapped = [part for piece in pieces for part in chop_cells(piece, room) or [""]]
        for number, part in enumerate(wrapped):
            first = lead if lead and number == 0 else Cell(" " * before)
            self.line(*([first] if before else []), Cell(part, tone))

    def ends(self, left: Iterable[Cell], right: Cell) -> None:
        """Put one line with a piece at its right end; the left is cut where both do not fit, then the right."""
        right = Cell(fit(right.text, min(self.width, cell_len(right.text)), right=False), right.tone)
        room = max(0, self.width - cell_len(right.text) - 2)
        kept = Paper(room)
        kept.line(*left)
        used = sum(cell_len(piece.text) for piece in kept.lines[0])
        self.lines.append([*kept.lines[0], Cell(" " * (self.width - used - cell_len(right.text))), right])

    def ends_with_name(self, left: Cell, name: str, when: str) -> None:
        """Put one line that tells who and when at its right end; a long name is cut, never what stands on the left."""
        room = max(1, self.width - cell_len(left.text) - 2 - cell_len(", ") - cell_len(when))
        kept = name if cell_len(name) <= room else fit(name, room, right=False)
        self.ends([left], Cell(f"{kept}, {when}", "dim"))

    def content(self) -> Content:
        """Return what can be drawn."""
        parts: list[tuple[str, str]] = []
        for line in self.lines:
            parts += [(piece.text, TONES[piece.tone]) for piece in line]
            parts.append(("\n", ""))
        return Content.assemble(*parts[:-1])


class Page(Widget):
    """Draws what `build` makes of its width; as high as that is, and at least as high as what it scrolls in.

    Line by line, and of a new paper only the lines that differ: a page is drawn anew with each key of a walk.
    """

    DEFAULT_CSS = "Page { height: auto; min-height: 100%; width: 1fr; }"

    build: reactive[Callable[[int], Paper] | None] = reactive(None, always_update=True, init=False, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._made: Paper | None = None
        self.auto_links = False  # there are none to look for

    def watch_build(self) -> None:
        """Lay the screen out anew only where the height changes: most pages are shorter than the window."""
        before, self._made = self._made, None
        lines = self._paper(self.content_size.width).lines
        room = self.parent.size.height if isinstance(self.parent, Widget) else 0
        if max(room, len(lines)) != self.size.height:
            self.refresh(layout=True)
        elif before is None or before.width != self.content_size.width:
            self.refresh()
        elif changed := [y for y, (old, new) in enumerate(zip_longest(before.lines, lines)) if old != new]:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def _paper(self, width: int) -> Paper:
        if self._made is None or self._made.width != width:
            self._made = self.build(width) if self.build and width else Paper(width)
        return self._made

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's own form
        """Return how many lines it needs."""
        return len(self._paper(width).lines)

    def render(self) -> Content:
        """Return all of it: what is marked is copied from here."""
        return self._paper(self.content_size.width).content()

    def render_line(self, y: int) -> Strip:
        """Draw one line; where something is marked, all of them."""
        if self.text_selection is not None:
            return super().render_line(y)
        width, lines = self.content_size.width, self._paper(self.content_size.width).lines
        if y >= len(lines) or not width:
            return Strip.blank(width, self.visual_style.rich_style)
        content = Content.assemble(*((piece.text, TONES[piece.tone]) for piece in lines[y]))
        (strip,) = Visual.to_strips(self, content, width, 1, self.visual_style) or [Strip([])]
        return strip.apply_offsets(0, y)  # where in the whole text it stands, for whoever marks some of it
