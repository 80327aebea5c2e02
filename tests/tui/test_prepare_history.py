"""The history of a link and the sheet of a step: they fit any window, and people's text stays text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from rich.cells import cell_len

from tests.lab.clocks import SetClock
from tests.tui.harness import opened, press, text_on
from tests.tui.links import measured_link
from tests.tui.walks import furnished, walking
from vcops import locale
from vcops.domain.link_history import LinkHistory, LinkPoint
from vcops.domain.procedures import Step
from vcops.domain.readings import Reading
from vcops.domain.runs import Attempt
from vcops.domain.verdicts import Verdict
from vcops.operations.workplace import Workplace
from vcops.tui.prepare.history import put_history
from vcops.tui.prepare.sheet import put_sheet
from vcops.tui.prepare.walked import Walked, open_walk, read_walk

START = datetime(2026, 11, 9, 1, 0, tzinfo=UTC)


def drawn(history: LinkHistory, width: int) -> list[str]:
    paper = put_history((history, history.metrics()), "Asia/Jakarta", width)
    return ["".join(piece.text for piece in line) for line in paper.lines]


def falling(days: int = 15, altered: int = 0) -> LinkHistory:
    """A link whose upload loses 2 Mbps a day; the last day's check failed."""
    points = [
        LinkPoint(START + timedelta(days=day), Verdict.PASS, (Reading("upload_mbps", 40.0 - 2 * day, START),))
        for day in range(days)
    ]
    points.append(LinkPoint(START + timedelta(days=days), Verdict.UNMEASURED, ()))
    return LinkHistory("main", tuple(points), altered)


def measured(workplace: Workplace, clock: SetClock) -> tuple[Walked, Step, Attempt]:
    """A walk whose link was measured, its step and that measurement."""
    walked = open_walk(workplace, f"meeting:{measured_link(workplace, clock)}")
    walked = read_walk(workplace, walked.run.id)
    step = walked.run.procedure.step("link")
    assert step is not None
    attempt = walked.measured(step)
    assert attempt is not None
    return walked, step, attempt


@pytest.mark.parametrize("width", [*range(20, 60, 7), 73, 105, 140])
def test_it_fits_any_window(width: int) -> None:
    assert all(cell_len(line) <= width for line in drawn(falling(altered=2), width))


def test_a_trend_is_an_arrow_where_there_is_little_room_and_words_where_there_is_more() -> None:
    narrow, wide = "\n".join(drawn(falling(), 73)), "\n".join(drawn(falling(), 105))
    assert "↘ −14.0" in narrow
    assert "worse: −14.0 Mbps a week" in wide


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("width", [73, 105])
def test_no_heading_is_cut_at_80_columns(language: str, width: int) -> None:
    figures = ("download_mbps", "upload_mbps", "latency_ms", "jitter_ms", "loss_pct", "latency_loaded_down_ms")
    readings = tuple(Reading(one, 149.2, START) for one in figures)
    history = LinkHistory("main", tuple(LinkPoint(START + timedelta(days=day), None, readings) for day in range(9)))
    locale.use(language)
    assert not [line for line in drawn(history, width) if "…" in line]


def test_the_newest_stands_first_and_a_check_without_figures_has_a_dash() -> None:
    lines = drawn(falling(3), 73)
    listed = [line.split() for line in lines if "/11/2026" in line]
    assert listed == [
        ["?", "12/11/2026", "08:00", "–"],
        ["✓", "11/11/2026", "08:00", "36.0"],
        ["✓", "10/11/2026", "08:00", "38.0"],
        ["✓", "09/11/2026", "08:00", "40.0"],
    ]


def test_an_old_figure_is_not_told_as_the_newest() -> None:
    (now,) = [line.split()[1] for line in drawn(falling(3), 73) if line.startswith("Upload")]
    assert now == "–"


def test_what_was_left_out_is_said() -> None:
    assert any("2 walks were left out" in line for line in drawn(falling(altered=2), 105))
    assert drawn(LinkHistory("main", ()), 60) == ["Nothing has been measured on this link yet."]


async def test_the_key_stands_only_at_steps_that_measure_a_link(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        place = await walking(app, pilot, meeting_id, "camera")
        before = text_on(app)
        assert "h History" not in before
        await press(pilot, "h")
        assert text_on(app) == before
        place.view.turn_to("link")
        await press(pilot, "h")
        assert "Nothing has been measured on this link yet." in text_on(app)
        await press(pilot, "escape")
        assert place.view.key == "link"


async def test_every_reading_stands_on_the_sheet_however_it_is_scrolled(workplace: Workplace, clock: SetClock) -> None:
    meeting_id = measured_link(workplace, clock)
    async with opened(workplace, (80, 24)) as (app, pilot):
        await walking(app, pilot, meeting_id, "link")
        await press(pilot, "enter")
        top = text_on(app)
        await press(pilot, "G")
        bottom = text_on(app)
    assert "✗ Upload" in top
    assert "95 % confidence" in top
    assert "speed.kantor.example:443" in top
    for one in (top, bottom):
        assert "Esc close" in one
    assert "MOS" in bottom
    assert "Not measured" in bottom


def test_an_interval_that_says_nothing_is_words_on_the_sheet(workplace: Workplace, clock: SetClock) -> None:
    walked, step, attempt = measured(workplace, clock)
    wide = Reading("download_mbps", 9000.0, START, low=0.0, high=22310.0)
    others = tuple(one for one in attempt.readings if one.metric != "download_mbps")
    paper = put_sheet(walked, step, replace(attempt, readings=(wide, *others)), 105)
    text = "\n".join("".join(piece.text for piece in line) for line in paper.lines)
    assert "22,310" not in text
    assert "too uneven to tell how much" in text
    assert "95 % confidence" in text, "of the others it is told"


@pytest.mark.parametrize("width", [20, 44, 73, 105])
def test_a_sheet_fits_any_window(workplace: Workplace, clock: SetClock, width: int) -> None:
    walked, step, attempt = measured(workplace, clock)
    paper = put_sheet(walked, step, attempt, width)
    lines = ["".join(piece.text for piece in line) for line in paper.lines]
    assert all(cell_len(line) <= width for line in lines)
    assert len(attempt.readings) == 11 + sum(one.value is None for one in attempt.readings)
