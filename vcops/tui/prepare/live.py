"""A check under way: what is being done, a plot of what was measured so far, the figures beside their bounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from vcops.domain.standards import Standard
from vcops.formats.numbers import number
from vcops.locale import N_, _
from vcops.operations.link_lock import TAKEN
from vcops.tui.plain import Cell
from vcops.tui.prepare.checking import RunningCheck, Sample
from vcops.tui.prepare.paper import Paper
from vcops.tui.prepare.readings import put_bounds, put_running_figures
from vcops.tui.sentences import explain
from vcops.tui.widgets.plot import bars, round_up, squeezed
from vcops.tui.widgets.table import fit
from vcops.wording.metrics import progress_words
from vcops.wording.passed_over import why_left

__all__ = ["progress_bar", "put_plot", "put_progress", "put_running"]

_PHASES = {
    "connection.idle": (N_("idle"), "dim"),
    "connection.download": (N_("download"), "accent"),
    "connection.upload": (N_("upload"), ""),
    "connection.extending": (N_("once more"), "dim"),
}
"""What the columns of the plot are called, and how they look; the name says it where there is no colour."""
_EXPECTED = 90
"""Samples of a whole check: five a second for some seventeen seconds. So many fit before columns are drawn together."""
_NARROWEST = 16
"""With fewer columns a plot tells nothing."""


def put_progress(paper: Paper, check: RunningCheck) -> None:
    """Put what a check is doing, how far it is, and what went wrong."""
    said = _("Stopping …") if check.stopped else progress_words(check.code, check.params)
    if not check.stopped and (check.waiting or check.code == TAKEN):
        paper.paragraph(
            said if check.code == TAKEN else _("Waiting until nothing runs that it would disturb …"), "accent"
        )
    else:
        paper.line(Cell(said or _("Starting …"), "accent"))
    paper.line(*progress_bar(check.fraction, paper.width))
    if check.failed is not None:
        paper.paragraph(explain(check.failed.code, check.failed.params).message, "warn")
    for one in check.passed_over:
        left = _("{server} was tried and left: {why}").format(server=one.source, why=why_left(one))
        paper.paragraph(left, "dim", lead=Cell("! ", "warn"))


def put_running(paper: Paper, check: RunningCheck, standard: Standard | None, *, tall: bool) -> None:
    """Put a running check. The number of lines stays the same while figures come in, so nothing is laid out anew."""
    put_progress(paper, check)
    paper.blank()
    if check.samples:
        put_plot(paper, check.samples, rows=(4, 3) if tall else (2, 2))
        paper.blank()
    if check.found or check.samples:
        put_running_figures(paper, check.readings, standard, optional=tall or not check.samples)
    elif standard:
        put_bounds(paper, standard)


def put_plot(paper: Paper, samples: Sequence[Sample], *, rows: tuple[int, int]) -> None:
    """Put the throughput above the latency over the same time, and between them what was done when.

    `rows` are the heights of the two. A paper too narrow for a plot gets none.
    """
    mbps = [one.mbps for one in samples]
    latency = [one.latency_ms for one in samples]
    high = [round_up(max((one for one in values if one is not None), default=0.0)) for values in (mbps, latency)]
    labels = [_label(high[0], "Mbps"), _label(high[1], "ms")]
    gutter = max(cell_len(one) for one in labels)
    wide = paper.width - gutter - 1
    if wide < _NARROWEST:
        return
    together = -(-_EXPECTED // wide)
    tones = _tones(samples, wide, together)
    axis = [Cell(" " * (gutter + 1)), Cell(_axis(samples, wide, together), "dim")]
    for values, top, label, height in zip((mbps, latency), high, labels, rows, strict=True):
        drawn = bars(squeezed(values, wide, together), wide, height, top)
        for row, line in enumerate(drawn):
            named = fit(label if row == 0 else "", gutter, right=True)
            paper.line(Cell(f"{named} ", "dim"), *_toned(line, tones))
        if values is mbps:
            paper.line(*axis)


def _label(value: float, unit: str) -> str:
    return f"{number(value, 0 if value >= 1 else 1)} {unit}"


def _tones(samples: Sequence[Sample], wide: int, together: int) -> list[str]:
    """Return the tone of each column, that of the first sample in it."""
    return [_PHASES.get(samples[at].phase, ("", "dim"))[1] for at in _starts(len(samples), wide, together)]


def _starts(count: int, wide: int, together: int) -> range:
    """Return which samples begin a column, as `squeezed` groups them."""
    return range(0, count, max(together, -(-count // wide), 1))


def _toned(line: str, tones: Sequence[str]) -> Iterator[Cell]:
    """Yield the line in pieces of one tone each."""
    start = 0
    for at in range(1, len(tones) + 1):
        if at == len(tones) or tones[at] != tones[start]:
            yield Cell(line[start:at], tones[start])
            start = at
    yield Cell(line[start:])


def _axis(samples: Sequence[Sample], wide: int, together: int) -> str:
    """Return the names of what was done, each below its first column where it does not run into the one before."""
    drawn, before = "", ""
    for column, at in enumerate(_starts(len(samples), wide, together)):
        name = _(_PHASES[samples[at].phase][0]) if samples[at].phase in _PHASES else ""
        if name and name != before and len(drawn) < column + 1:
            drawn = drawn.ljust(column) + name + " "
        before = name or before
    return drawn[:wide]


def progress_bar(fraction: float | None, width: int) -> Iterator[Cell]:
    """Yield a bar with its percentage; an empty one where nobody can tell how far it is."""
    long = max(4, width - 7)
    filled = 0 if fraction is None else round(long * min(max(fraction, 0.0), 1.0))
    yield Cell("━" * filled, "accent")
    yield Cell("─" * (long - filled), "dim")
    if fraction is not None:
        yield Cell(f"{number(fraction * 100):>4} %", "accent")
