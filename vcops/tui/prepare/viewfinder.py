"""The viewfinder: what the camera of a step sees while it is measured or adjusted, with its focus and its figures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import getters
from textual.app import ComposeResult
from textual.color import Color
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from vcops.domain.pictures import CheckPicture, Preview
from vcops.domain.standards import Standard
from vcops.tui.prepare.guides import Colour, corners_of, guided, thirds
from vcops.tui.prepare.paper import Paper
from vcops.tui.prepare.sight import HIDDEN_FPS, Sight, over_ssh, usual_fps
from vcops.tui.prepare.sight_page import focus_line, sight_foot, sight_head
from vcops.tui.prepare.step_page import Look
from vcops.tui.widgets.half_blocks import Colours, PictureStrip, Row, coloured_rows, shaded_rows

__all__ = ["Picture", "Viewfinder", "picture_rows"]

_BITS, _BITS_OVER_SSH = 6, 4
"""Of each colour's eight. With six nobody sees the steps; with four a still picture is hardly ever sent anew."""
_HEAD = 3
_FOOT, _FOOT_HIGH, _FOOT_LOOKING = 1, 9, 5
"""Lines below the focus at least; on a high window the figures have room, and while only looking there are none."""
_HIGH = 26
_FEWEST_ROWS = 4
_WIDE_RATIO = 16 / 9


def picture_rows(size: Size, *, looking: bool = False, plain: bool = False) -> int:
    """Return how many lines of a viewfinder of this size are picture; a `plain` one needs a line more of words."""
    high = _FOOT_LOOKING if looking else _FOOT_HIGH
    below = (high if size.height >= _HIGH else _FOOT) + plain
    return max(_FEWEST_ROWS, min(size.height - _HEAD - 1 - below, -(-round(size.width / _WIDE_RATIO) // 2)))


class Lines(Widget):
    """Draws what its `build` makes of its width; its height is given. What stands there already is not drawn again."""

    ALLOW_SELECT = False

    def __init__(self, build: Callable[[int], Paper] = Paper, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._build = build
        self._made = Paper(0)

    def show(self, build: Callable[[int], Paper]) -> None:
        """Draw what this makes from now on."""
        self._build = build
        self.look_again()

    def look_again(self) -> None:
        """Draw what it makes now, where that is something else."""
        before, self._made = self._made, self._build(self.content_size.width)
        if self._made != before:
            self.refresh()

    def render(self) -> Content:
        """Draw them."""
        width = self.content_size.width
        if self._made.width != width:
            self._made = self._build(width)
        return self._made.content()


class Picture(Widget):
    """Draws the newest picture as large as fits, in the colours that the terminal has; only lines that changed."""

    DEFAULT_CSS = "Picture { height: 12; background: $background; }"
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[int, tuple[str, Strip]] = {}

    @property
    def colours(self) -> Colours:
        """What the terminal can show."""
        if self.app.no_color:
            return Colours.NONE
        known = {None: Colours.FINE, "truecolor": Colours.FINE, "256": Colours.FEW}
        return known.get(self.app.console.color_system, Colours.NONE)

    def clear(self) -> None:
        """Show nothing."""
        self._lines = {}
        self.refresh()

    def show(self, picture: CheckPicture, headroom: tuple[float, float] | None) -> None:
        """Draw this picture."""
        size = self.size
        if picture.width > size.width or picture.height > 2 * size.height:
            return  # the window has just become smaller; the next picture knows
        drawn = self._plain(picture) if self.colours is Colours.NONE else self._coloured(picture, headroom)
        lines = dict(enumerate(drawn))
        before, self._lines = self._lines, lines
        if not before:  # nothing of the field that stood there stays
            self.refresh()
            return
        changed = [y for y in {**before, **lines} if before.get(y, ("",))[0] != lines.get(y, ("",))[0]]
        if changed:
            self.refresh(*(Region(0, y, size.width, 1) for y in changed))

    def _coloured(self, picture: CheckPicture, headroom: tuple[float, float] | None) -> list[tuple[str, Strip]]:
        theme = self.app.current_theme
        accent = _triple(theme.accent or theme.primary)
        pixels = guided(picture, headroom, accent, (245, 245, 240))
        around = Style(bgcolor=self.background_colors[1].rich_color)
        after = Strip.blank(self.size.width - picture.width, around)
        beside = after.render(self.app.console)
        bits = _BITS_OVER_SSH if over_ssh() else _BITS
        lines: list[tuple[str, Strip]] = []
        for row in coloured_rows(pixels, picture.width, self.colours, bits):
            drawn = row.sequences() + beside

            def make(row: Row = row) -> list[Segment]:
                return [*row.segments(), *after]

            lines.append((drawn, PictureStrip(drawn, make, self.size.width)))
        return lines

    def _plain(self, picture: CheckPicture) -> list[tuple[str, Strip]]:
        rows = [list(row) for row in shaded_rows(picture.pixels, picture.width, dark=self.app.current_theme.dark)]
        high = len(rows)
        for x in thirds(picture.width):
            for y in thirds(high):
                rows[y][x] = "+"
        for box in (*picture.faces, *filter(None, [picture.card])):
            for (x, y), corner in corners_of(box, picture.width, high).items():
                rows[y][x] = corner
        style = self.visual_style.rich_style
        texts = ["".join(row).ljust(self.size.width) for row in rows]
        return [(text, Strip([Segment(text, style)], self.size.width)) for text in texts]

    @property
    def _around(self) -> Style:
        """What is seen beside a picture; a field stands out where one is still to come."""
        panel = None if self._lines else self.app.current_theme.panel
        return Style(bgcolor=(Color.parse(panel) if panel else self.background_colors[1]).rich_color)

    def render_line(self, y: int) -> Strip:
        """Return one line."""
        return self.render_lines(Region(0, y, self.size.width, 1))[0]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines as they are: Textual's own cache of styled lines would take them to pieces."""
        background = self.background_colors[1]
        blank = Strip.blank(self.size.width, self._around)
        strips = [self._lines[y][1] if y in self._lines else blank for y in crop.line_range]
        for one in self.get_line_filters():
            strips = [strip.apply_filter(one, background) for strip in strips]
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips


class Viewfinder(Vertical):
    """The whole right side of a walk while a camera is looked through."""

    DEFAULT_CSS = f"""
    Viewfinder {{
        padding: 0 1 0 0;
        #sight-head {{ height: {_HEAD}; }}
        #sight-focus {{ height: 1; }}
        #sight-foot {{ height: 1fr; }}
    }}
    """

    SCOPED_CSS: ClassVar[bool] = False

    picture = getters.query_one(Picture)
    head = getters.query_one("#sight-head", Lines)
    focus_meter = getters.query_one("#sight-focus", Lines)
    foot = getters.query_one("#sight-foot", Lines)

    def __init__(self) -> None:
        super().__init__()
        self._sight: Sight | None = None
        self._standard: Standard | None = None
        self._headroom: tuple[float, float] | None = None
        self._drawn: CheckPicture | None = None

    def compose(self) -> ComposeResult:
        """Build the parts from the top."""
        yield Lines(id="sight-head")
        yield Picture()
        yield Lines(id="sight-focus")
        yield Lines(id="sight-foot")

    def on_resize(self) -> None:
        """Divide the height anew, and ask for pictures of the new size."""
        self._divide()

    def preview_in(self, size: Size) -> Preview:
        """Return what to ask for at the start, for a viewfinder that will be shown in a place of this size."""
        inside = Size(max(size.width - 1, 2), size.height)
        rows = picture_rows(inside, plain=self.picture.colours is Colours.NONE)
        return Preview(inside.width, 2 * rows, usual_fps())

    def _divide(self) -> None:
        size = self.content_size
        if self._sight is None or not size.width:
            return
        plain = self.picture.colours is Colours.NONE
        rows = picture_rows(size, looking=self._sight.looking, plain=plain)
        self.picture.styles.height = rows
        self._sight.preview.width, self._sight.preview.height = max(size.width, 2), 2 * rows

    def show(self, sight: Sight, look: Look) -> None:
        """Show what this sight has come to and the words around it; a new one begins without a picture."""
        if sight is not self._sight:
            self._sight = sight
            self._standard = look.walked.standard(look.step)
            self._headroom = _headroom(self._standard)
            self._drawn = None
            self.picture.clear()
            self._divide()
        plain = self.picture.colours is Colours.NONE
        self.head.show(partial(sight_head, sight, look))
        self.foot.show(partial(sight_foot, sight, look, plain=plain))
        self.focus_meter.show(partial(focus_line, sight, self._standard))
        self.show_picture(sight)

    def show_picture(self, sight: Sight) -> None:
        """Draw the newest picture and the focus where somebody sees them; else ask for few."""
        if sight is not self._sight:
            return
        seen = self.is_on_screen and self.screen.is_current and not self.app.screen.is_modal
        sight.preview.fps = usual_fps() if seen else HIDDEN_FPS
        if seen and sight.picture is not None and sight.picture is not self._drawn:
            self._drawn = sight.picture
            self.picture.show(sight.picture, self._headroom)
            self.focus_meter.look_again()


def _headroom(standard: Standard | None) -> tuple[float, float] | None:
    """Return between what of the height the top of a head belongs, as the standard has it."""
    asked = standard.requirement("face_headroom_pct") if standard else None
    bound = asked.pass_ if asked else None
    return bound if isinstance(bound, tuple) else None


def _triple(colour: str) -> Colour:
    red, green, blue = Color.parse(colour).rgb
    return red, green, blue
