"""What a link measured before: each figure now and last week with its course, then the measurements themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from rich.cells import cell_len

from vcops.domain.link_history import Link, LinkHistory, LinkPoint, MetricHistory
from vcops.domain.metrics import METRICS, Judged
from vcops.formats.dates import clock, short_day
from vcops.formats.numbers import number
from vcops.locale import _, ngettext
from vcops.tui.plain import Cell
from vcops.tui.prepare.paper import Paper
from vcops.tui.prepare.signs import verdict_tone
from vcops.tui.widgets.plot import bars
from vcops.tui.widgets.table import fit
from vcops.wording.link_history import trend_words
from vcops.wording.metrics import NOTHING, metric_name, unit_word, value_words
from vcops.wording.verdicts import verdict_sign

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace

__all__ = ["Seen", "put_history", "read_history"]

_LISTED = ("download_mbps", "upload_mbps", "latency_ms", "jitter_ms", "loss_pct")
"""What a line of one measurement tells; the walk's own page tells the rest."""
_MOST = 30
"""Measurements listed one by one; more are in the course and on the command line."""
_NAME, _VALUE, _COURSE, _ARROW = 25, 11, 24, 10
_WORDS = 100
"""From this width on a trend is told in words, below with an arrow and its figure."""
_TREND_TONES = {True: "good", False: "warn", None: "dim"}


Seen = tuple[LinkHistory, list[MetricHistory]]
"""A history, and what it comes to: reckoned once, however often it is drawn."""


def read_history(workplace: Workplace, room_id: str, link: Link) -> Seen:
    """Read a link's history from the database. Raises StorageError."""
    from vcops.operations import link_history

    history = link_history.history(workplace, room_id, link)
    return history, history.metrics()


def put_history(seen: Seen, zone: str, width: int) -> Paper:
    """Return the history of a link; `zone` is the room's."""
    paper, (history, metrics) = Paper(width), seen
    if not history.points:
        paper.paragraph(_("Nothing has been measured on this link yet."))
    else:
        _put_metrics(paper, metrics)
        _put_points(paper, history, zone)
    if history.altered:
        said = ngettext("{count} walk was left out", "{count} walks were left out", history.altered)
        reason = _("what it started with was changed in the database; see: vcops journal --verify")
        paper.blank()
        paper.paragraph(f"{said.format(count=history.altered)}: {reason}", "warn", lead=Cell("! ", "warn"))
    return paper


def _put_metrics(paper: Paper, metrics: Sequence[MetricHistory]) -> None:
    words = paper.width >= _WORDS
    course = _COURSE if words else max(8, paper.width - _NAME - 2 * (_VALUE + 1) - 4 - _ARROW)
    now, then = (fit(one, _VALUE, right=True) for one in (_("now"), _("a week ago")))
    first = _("oldest first") if words else _("oldest →")
    titles = [fit("", _NAME, right=False), " ", now, " ", then, "  ", fit(first, course, right=False)]
    paper.line(Cell("".join(titles) + "  " + (_("trend") if words else _("per week")), "dim"))
    for one in metrics:
        if METRICS[one.metric].judged is Judged.SHOWN:
            continue
        (drawn,) = bars([value for _at, value in one.series], course, 1)
        paper.line(
            Cell(fit(metric_name(one.metric), _NAME, right=False)),
            Cell(" " + fit(_with_unit(one, one.latest), _VALUE, right=True), "strong"),
            Cell(" " + fit(_with_unit(one, one.week_before), _VALUE, right=True)),
            Cell("  " + drawn, "accent"),
            Cell("  " + (trend_words(one.metric, one.trend) if words else _arrow(one)), _trend_tone(one)),
        )


def _trend_tone(one: MetricHistory) -> str:
    return _TREND_TONES[one.trend.better(one.metric) if one.trend else None]


def _arrow(one: MetricHistory) -> str:
    """Return a trend where there is little room: which way, and by how much a week; a dash where nobody can tell."""
    if one.trend is None:
        return NOTHING
    if not one.trend.clear:
        return "→"
    change = number(abs(one.trend.per_week), max(1, METRICS[one.metric].decimals))
    return f"↗ +{change}" if one.trend.per_week > 0 else f"↘ −{change}"


def _with_unit(one: MetricHistory, value: float | None) -> str:
    said = value_words(one.metric, value)
    return said if value is None else f"{said} {unit_word(one.metric)}".rstrip()


def _put_points(paper: Paper, seen: LinkHistory, zone: str) -> None:
    shown = [name for name in _LISTED if seen.series(name)]
    when = 2 + len(_moment(seen.points[-1], zone))
    column = max(6, min(14, (paper.width - when - 2) // max(1, len(shown)) - 1))
    paper.blank()
    for titles in _headings(shown, column):
        paper.line(Cell(fit("", when + 1, right=False) + _row(titles, column), "dim"))
    for one in reversed(seen.points[-_MOST:]):
        sign = Cell(f"{verdict_sign(one.verdict)} ", verdict_tone(one.verdict)) if one.verdict else Cell("  ")
        values = [value_words(name, one.number(name)) for name in shown]
        paper.line(sign, Cell(f"{_moment(one, zone)} ", "dim"), Cell(_row(values, column)))


def _headings(shown: Sequence[str], column: int) -> list[list[str]]:
    """Return the headings, in one line where they all fit, else word by word with the unit below."""
    named = [f"{metric_name(name)} {unit_word(name)}".rstrip() for name in shown]
    if all(cell_len(one) <= column for one in named):
        return [named]
    lines = [[*wrap(metric_name(name), column), unit_word(name)] for name in shown]
    high = max(len(one) for one in lines)
    return [list(row) for row in zip(*([""] * (high - len(one)) + one for one in lines), strict=True)]


def _moment(one: LinkPoint, zone: str) -> str:
    return f"{short_day(one.at, zone)} {clock(one.at, zone)}"


def _row(texts: Iterable[str], column: int) -> str:
    return "".join(f" {fit(one, column, right=True)}" for one in texts)
