"""Every reading of a step and how it was made: whoever doubts a verdict finds here what to argue with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from vcops.domain.checks import JudgedReading
from vcops.domain.procedures import Step
from vcops.domain.runs import Attempt
from vcops.domain.standards import Standard
from vcops.domain.uncertainty import limits, says_nothing
from vcops.domain.verdicts import Verdict
from vcops.formats.dates import clock_zone, short_day
from vcops.formats.numbers import number
from vcops.locale import _, language, ngettext
from vcops.tui.dialogs.base import Dialog, hint
from vcops.tui.plain import Cell, plain
from vcops.tui.prepare.paper import Page, Paper
from vcops.tui.prepare.readings import put_reading, shown_value
from vcops.tui.prepare.signs import attempt_cell, trouble_words
from vcops.tui.prepare.walked import Walked
from vcops.tui.sentences import note_words
from vcops.tui.widgets.scrolling import SCROLL_KEYS, Scrolling
from vcops.tui.widgets.table import fit
from vcops.wording.evidence import picture_words
from vcops.wording.metrics import bound_words, how_words, metric_name, unit_word, value_words
from vcops.wording.passed_over import passed_over_words

__all__ = ["Asked", "SheetDialog", "put_sheet"]

Asked = Literal["again", "next"]
"""What is to happen after the sheet: measure once more, or go on to the next step."""


_AROUND = 6
"""Rows of the panel around the text: its edges, the title and the keys, each with a blank row."""


class SheetDialog(Scrolling, Dialog[Asked]):
    """Shows laid-out text that scrolls; `n` goes on where `onward` says so, `r` measures again.

    Enter goes on too where it `passed`: a tired Enter does not lead past what did not pass.
    """

    DEFAULT_CSS = """
    SheetDialog {
        & > .panel { width: 112; height: auto; max-height: 100%; }
        #sheet { height: auto; scrollbar-size-vertical: 1; background: $panel; }
        Page { min-height: 0; }
    }
    """
    SCROLLED = "#sheet"
    BINDINGS: ClassVar[list[BindingType]] = [
        *SCROLL_KEYS,
        Binding("enter,space", "enter", show=False),
        Binding("n", "answer('next')", show=False),
        Binding("r", "answer('again')", show=False),
    ]

    def __init__(
        self,
        title: str,
        build: Callable[[int], Paper],
        *,
        onward: bool = False,
        passed: bool = True,
        again: bool = False,
    ) -> None:
        super().__init__()
        self._title, self._build, self._passed = title, build, passed
        self._offered: dict[str, bool] = {"next": onward, "again": again}

    def compose(self) -> ComposeResult:
        """Build the text."""
        keys = [("j k", _("scroll"))]
        if self._offered["next"]:
            keys += [("Enter", _("next step"))] if self._passed else [("n", _("next step all the same"))]
        keys += [("r", _("measure again"))] if self._offered["again"] else []
        with Vertical(classes="panel"):
            yield Static(plain(self._title), classes="title")
            with VerticalScroll(id="sheet", can_focus=False):
                yield Page()
            yield hint(*keys, ("Esc", _("close")))

    def on_mount(self) -> None:
        """Fill it."""
        self.query_one(Page).build = self._build

    def on_resize(self) -> None:
        """Leave room for the title and the keys, however long the text is."""
        self.query_one("#sheet").styles.max_height = max(3, self.size.height - _AROUND)

    def action_enter(self) -> None:
        """Go on from what passed. What did not keeps the sheet open; one that only shows something is closed."""
        if self._passed:
            self.action_answer("next")

    def action_answer(self, asked: Asked) -> None:
        """Close, and say what is to happen then; what is not offered only closes."""
        self.dismiss(asked if self._offered[asked] else None)


def put_sheet(walked: Walked, step: Step, attempt: Attempt, width: int) -> Paper:
    """Return every reading of an attempt: judged ones worst first, then those only shown, then what is missing."""
    paper, standard = Paper(width), walked.standard(step)
    when = f"{short_day(attempt.at, walked.zone)} {clock_zone(attempt.at, walked.zone)}"
    paper.ends_with_name(attempt_cell(attempt), attempt.by, when)
    if attempt.note:
        paper.paragraph(trouble_words(attempt), "warn")
    if attempt.value:
        paper.paragraph(attempt.value, "dim", lead=Cell(_("Measured against: "), "dim"))
    for one in attempt.passed_over:
        said = passed_over_words(one, attempt.value, measured=not attempt.note)
        paper.paragraph(said, "dim", lead=Cell("! ", "warn"))
    for picture in attempt.pictures:
        paper.paragraph(picture_words(picture, walked.zone), "dim", lead=Cell(_("Picture: "), "dim"))
    readings = walked.readings(step, attempt)
    read = [one for one in readings if one.reading.value is not None]
    judged = sorted((one for one in read if one.verdict), key=lambda one: -(one.verdict.rank if one.verdict else 0))
    title = standard.title.said(language()) if standard else ""
    _put_group(paper, _("Judged: {standard}").format(standard=title), judged, standard)
    _put_group(paper, _("Not judged"), [one for one in read if one.verdict is None], standard)
    _put_missing(paper, [one for one in readings if one.reading.value is None])
    return paper


def _put_group(paper: Paper, title: str, readings: Sequence[JudgedReading], standard: Standard | None) -> None:
    if not readings:
        return
    paper.blank()
    paper.line(Cell(title, "strong"))
    for one in readings:
        if one.verdict is None:
            _put_shown(paper, one)
        else:
            put_reading(paper, one)
        paper.paragraph(" · ".join(_origin(one, standard)), "dim", indent=2)


def _put_missing(paper: Paper, readings: Sequence[JudgedReading]) -> None:
    if not readings:
        return
    paper.blank()
    paper.line(Cell(_("Not measured"), "strong"))
    for one in readings:
        why = [] if one.reading.note in (None, "not_measured") else [note_words(one.reading.note)]
        why += [] if one.required or one.verdict is None else [_("optional")]
        said = " · ".join([metric_name(one.reading.metric), *why])
        paper.paragraph(said, lead=Cell("? " if one.required else "· ", "warn" if one.required else "dim"))


def _put_shown(paper: Paper, one: JudgedReading) -> None:
    name = fit(metric_name(one.reading.metric), max(8, min(32, paper.width - 14)), right=False)
    paper.line(Cell("· ", "dim"), Cell(name), Cell(f" {shown_value(one)}"))


def _origin(one: JudgedReading, standard: Standard | None) -> Iterator[str]:
    """Yield what stands behind a figure: how sure it is, how and where it was read, and what it was held against."""
    reading = one.reading
    yield from _certainty(one, standard)
    if reading.how:
        yield how_words(reading.how)
    yield from filter(None, (reading.instrument, reading.subject, note_words(reading.note)))
    if reading.partial:
        yield _("cut short")
    if reading.bytes_mb is not None:
        yield f"{number(reading.bytes_mb, 1)} MB"
    if one.verdict is not None and not one.required:
        yield _("optional")
    if one.warn_text:
        yield _("attention at {bound}").format(bound=bound_words(one.warn_text))


def _certainty(one: JudgedReading, standard: Standard | None) -> Iterator[str]:
    reading = one.reading
    if one.verdict is Verdict.UNMEASURED and says_nothing(reading, limits(standard, reading.metric)):
        yield _("too uneven to tell how much")
    elif reading.low is not None and reading.high is not None:
        low, high = (value_words(reading.metric, end) for end in (reading.low, reading.high))
        unit = unit_word(reading.metric)
        yield _("{low} to {high} {unit} with 95 % confidence").format(low=low, high=high, unit=unit).replace("  ", " ")
    if reading.samples is not None:
        yield ngettext("{count} sample", "{count} samples", reading.samples).format(count=number(reading.samples))
