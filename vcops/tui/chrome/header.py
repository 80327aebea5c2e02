"""The first row: product, place and office on the left; example mark, who, database and clock on the right."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from vcops.domain.people import zone_short
from vcops.locale import _
from vcops.tui.plain import clean

__all__ = ["Header", "whole_minute"]

_Part = tuple[str, str]


def whole_minute(now: datetime) -> datetime:
    """Return the minute it is, as the clock in the header shows it: what is left is counted from there."""
    return now.replace(second=0, microsecond=0)


class Header(Widget):
    """One row. Where it is too narrow the office is shortened first, then the database's name, then who works here."""

    DEFAULT_CSS = """
    Header {
        height: 1;
        background: $panel;
        color: $foreground;
        padding: 0 2;
    }
    """
    ALLOW_SELECT = False

    place = reactive("")
    office = reactive("")
    who = reactive("")
    database = reactive("")
    read_only = reactive(default=False)
    now: reactive[datetime | None] = reactive(None)
    zone = reactive("Asia/Jakarta")
    demo = reactive(default=False)

    def render(self) -> Content:
        """Draw the row."""
        width = self.size.width
        for names in ((self.who, self.database), (self.who,), ()):
            right = self._right(names)
            if _cells(right) + len("vcops") + len(self.place) + 6 <= width:
                break
        left: list[_Part] = [("vcops", "bold $accent"), ("  ", ""), (self.place, "bold")]
        room = width - _cells(right) - _cells(left) - 5
        office = clean(self.office)
        if office and room >= 8:
            office = office if len(office) <= room else office[: room - 1] + "…"
            left += [("  ", ""), (office, "$text-muted")]
        gap = max(1, width - _cells(left) - _cells(right))
        return Content.assemble(*left, " " * gap, *right)

    def _right(self, names: tuple[str, ...]) -> list[_Part]:
        """Return the right end; that it is an example, and that nothing can be stored, is said whatever the width."""
        parts: list[_Part] = []
        if self.demo:
            parts += [(" " + _("EXAMPLE") + " ", "b reverse $warning"), ("  ", "")]
        for place, name in enumerate(names):
            parts += [(clean(name), "$text-muted" if place else ""), ("  ", "")]
        if self.read_only:
            parts += [(_("read only"), "b $warning"), ("  ", "")]
        if self.now is not None:
            from vcops.formats.dates import clock  # time zones are read after the first frame

            parts.append((f"{clock(self.now, self.zone)} {zone_short(self.zone)}", ""))
        return parts


def _cells(parts: list[_Part]) -> int:
    return sum(Content(text).cell_length for text, _style in parts)
