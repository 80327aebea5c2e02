"""The report as it is printed, to read and to save as text or CSV."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from vcops.errors import Conflict
from vcops.locale import _
from vcops.operations import reports
from vcops.tui.dialogs.base import Dialog, hint
from vcops.tui.dialogs.form import FieldSpec, FormDialog
from vcops.tui.place import asks, deed
from vcops.tui.plain import plain
from vcops.tui.tally.view import View
from vcops.tui.widgets.scrolling import SCROLL_KEYS, Scrolling
from vcops.wording.terms import period_name

if TYPE_CHECKING:
    from vcops.domain.reports import Report
    from vcops.operations.workplace import Workplace

__all__ = ["ReportDialog", "file_name"]

PAPER = 80
"""Columns of the printed page."""

Write = Callable[["Report", Path], None]


class ReportDialog(Scrolling, Dialog[None]):
    """Shows the text of the report of a view's period, under its tariffs."""

    DEFAULT_CSS = """
    ReportDialog {
        & > .panel { width: 88; height: 94%; padding: 1 3; }
        #paper { height: 1fr; scrollbar-size-vertical: 1; }
        #text { width: 80; height: auto; }
        &.-tight {
            & > .panel { width: 100%; height: 100%; padding: 0; }
            .title, .hint { padding: 0 1; margin: 0; background: $background; }
            #paper { scrollbar-size-vertical: 0; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("s", "save_text"), ("c", "save_csv"), ("space", "page_down"),
        *SCROLL_KEYS,
    ]  # fmt: skip

    SCROLLED = "#paper"

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view
        self._report: Report | None = None

    def compose(self) -> ComposeResult:
        """Build the page."""
        with Vertical(classes="panel"):
            yield Static(plain(_("Report: {period}").format(period=period_name(self._view.period))), classes="title")
            with VerticalScroll(id="paper", can_focus=False):
                yield Static(_("Putting the report together …"), id="text")
            yield hint(("j k", _("scroll")), ("s", _("save as text")), ("c", _("save as CSV")), ("Esc", _("close")))

    def on_mount(self) -> None:
        """Put the report together beside the screen."""
        self._fill()

    def on_resize(self, event: events.Resize) -> None:
        """Leave out the margins where the page needs the whole width."""
        self.set_class(event.size.width < PAPER + 8, "-tight")

    @deed
    async def _fill(self) -> None:
        self._report, text = await self.app.in_store(_read, self._view)
        self.query_one("#text", Static).update(plain(text.rstrip("\n")))

    # -- saving -----------------------------------------------------------------------------------------------

    def action_save_text(self) -> None:
        """Save it as plain text."""
        self._save(reports.write_text, "txt")

    def action_save_csv(self) -> None:
        """Save it as a sheet."""
        self._save(reports.write_csv, "csv")

    @asks
    async def _save(self, write: Write, ending: str) -> None:
        report = self._report
        if report is None:
            return
        refused: set[Path] = set()

        async def submit(texts: dict[str, str]) -> Path:
            path = _typed_path(texts["file"])
            replacing = path in refused
            refused.add(path)
            await self.app.in_store(_written, write, report, path, replacing=replacing)
            return path

        name = str(Path("~") / file_name(self._view, ending))
        saved = await self.app.ask(
            FormDialog(_("Save the report"), [FieldSpec("file", _("File"), name, required=True)], submit=submit)
        )
        if saved is not None:
            self.app.say(_("Saved: {file}").format(file=saved))


def file_name(view: View, ending: str) -> str:
    """Return `vcops-2026-11.txt`, or with both months where there are several."""
    period = view.period
    months = period.first if period.first == period.last else f"{period.first}-{period.last}"
    return f"vcops-{months}.{ending}"


def _read(workplace: Workplace, view: View) -> tuple[Report, str]:
    report = reports.over(workplace, view.period, view.what_if or None)
    return report, reports.as_text(report)


def _typed_path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _written(workplace: Workplace, write: Write, report: Report, path: Path, *, replacing: bool) -> None:
    """Write the file; one that is there already is replaced only when asked twice."""
    del workplace  # the call only stands in line with the other work
    if path.exists() and not replacing:
        raise Conflict("report.file_exists", column="file", file=str(path))
    write(report, path)
