"""What every dialog has in common: a calm panel in the middle; escape leaves it without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from textual import events, getters
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Static

from vcops.tui.dialogs.backdrop import Backdrop
from vcops.tui.plain import clean_lines

if TYPE_CHECKING:
    from vcops.tui.app import VcopsApp

__all__ = ["Dialog", "head", "hint", "keys_shown"]

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """Compose one `Vertical(classes="panel")` whose last child is `hint(...)`."""

    if TYPE_CHECKING:
        app = getters.app(VcopsApp)

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 70%;
        & > .panel {
            width: 72; max-width: 100%; height: auto; max-height: 100%;
            background: $panel; padding: 1 3;
        }
        &:ansi > .panel { border: solid ansi_bright_black; padding: 0 2; }
        .title { text-style: bold; color: $accent; margin: 0 0 1 0; }
        .head { margin: 0 0 1 0; }
        .fault { color: $text-error; margin: 1 0 0 0; }
        .hint { color: $text-muted; margin: 1 0 0 0; height: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    _backdrop: Backdrop | None = None
    _has_stood = False

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw what stands behind the dialog."""
        if self._dirty_regions:
            behind = self.render()
            if not isinstance(behind, BackgroundScreen):
                return super().render_lines(crop)
            self._dirty_regions.clear()
            kept = self._backdrop
            if kept is None or (kept.behind, kept.color) != (behind.screen, behind.color):
                self._backdrop = Backdrop(behind.screen, behind.color)
        return self._backdrop.lines(crop) if self._backdrop else super().render_lines(crop)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw anew. Regions are named by the screen behind, where it has changed."""
        if regions:
            self._backdrop = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Spare a dialog that has just been put together what it is for: its styles are those of this moment."""
        event.refresh_styles = event.refresh_styles and self._has_stood
        self._has_stood = True

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


def head(title: str, detail: str = "") -> Static:
    """Return the dialog's first rows: what it is about, and below, where there is more to say, what that is.

    One widget for both: each takes a millisecond of opening.
    """
    parts = [(clean_lines(title), "bold $accent")]
    if detail:
        parts += [("\n\n", ""), (clean_lines(detail), "$text-muted")]
    return Static(Content.assemble(*parts), classes="head -explained" if detail else "head")


def hint(*keys: tuple[str, str]) -> Static:
    """Return the dialog's last row: keys and what they do, translated already."""
    return Static(keys_shown(*keys), classes="hint")


def keys_shown(*keys: tuple[str, str]) -> Content:
    """Return such a row's text."""
    parts: list[tuple[str, str]] = []
    for key, text in keys:
        parts += [(key, "bold $accent"), (f" {text}", "$text-muted"), ("   ", "")]
    return Content.assemble(*parts[:-1])
