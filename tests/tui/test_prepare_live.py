"""A running check on paper: it keeps its height while figures come in, fits any width, and is cheap to draw."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from vcops.domain.checks import CheckFailed, CheckLeft, CheckProgress, CheckReading, PassedOver, judged
from vcops.domain.readings import Reading
from vcops.domain.standards import Standard
from vcops.tui.prepare.checking import RunningCheck, Sample
from vcops.tui.prepare.live import put_plot, put_running
from vcops.tui.prepare.paper import Paper

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
STANDARD = Standard.model_validate(
    {
        "id": "link",
        "title": "Link",
        "instrument": "connection",
        "requirements": [
            {"metric": "download_mbps", "pass": 6, "source": "test"},
            {"metric": "latency_ms", "pass": 100, "source": "test"},
        ],
    }
)


def told(check: RunningCheck, code: str, fraction: float | None, **params: float | None) -> None:
    check.take(CheckProgress(fraction, code, params))


def a_whole_check() -> RunningCheck:
    """The events of a check of a link of 20 and 5 Mbps, five a second, as its probe tells them."""
    check = RunningCheck("run", "link")
    for at in range(85):
        part = at / 85
        if at < 30:
            told(check, "connection.idle", part, latency_ms=40.0, loss_pct=0.0, sent=at * 10)
        elif at < 58:
            told(check, "connection.download", part, mbps=20.0, latency_ms=90.0)
        else:
            told(check, "connection.upload", part, mbps=5.0, latency_ms=200.0)
    return check


def lines(check: RunningCheck, width: int = 44, *, tall: bool = False) -> list[str]:
    paper = Paper(width)
    put_running(paper, check, STANDARD, tall=tall)
    return ["".join(piece.text for piece in line) for line in paper.lines]


def test_both_directions_and_the_latency_stand_over_the_same_time() -> None:
    drawn = lines(a_whole_check())
    assert drawn[0] == "measuring upload: 5.0 Mbps"
    assert drawn[3].startswith("20 Mbps           ██")
    assert drawn[6].startswith(" 200 ms ")
    axis = drawn[5]
    assert axis.index("idle") < axis.index("download") < axis.index("upload")
    assert drawn[6].rindex("█") > axis.index("upload")
    assert drawn[3].index("█") == axis.index("download")
    assert drawn[3].rindex("█") <= axis.index("upload")


def test_figures_stand_beside_their_bounds_from_the_first_on() -> None:
    check = a_whole_check()
    check.take(CheckReading(judged(Reading("latency_ms", 40.0, NOW, partial=True), STANDARD)))
    download, latency = lines(check)[-2:]
    assert download.split() == ["·", "Download", "–", "≥", "6"]
    assert latency.split() == ["·", "Latency", "40", "ms", "≤", "100"]


def test_the_height_stays_while_figures_come_in() -> None:
    check = RunningCheck("run", "link")
    told(check, "connection.idle", 0.0, latency_ms=40.0)
    check.take(CheckReading(judged(Reading("latency_ms", 40.0, NOW, partial=True), STANDARD)))
    high = len(lines(check))
    for at in range(200):
        told(check, "connection.download", at / 200, mbps=float(at), latency_ms=None)
        check.take(CheckReading(judged(Reading("download_mbps", float(at), NOW, partial=True), STANDARD)))
        assert len(lines(check)) == high


def test_a_higher_window_has_a_higher_plot() -> None:
    assert len(lines(a_whole_check(), tall=True)) == len(lines(a_whole_check())) + 3


@given(
    st.lists(
        st.builds(
            Sample,
            st.sampled_from(["connection.idle", "connection.download", "connection.upload", "else"]),
            st.none() | st.floats(min_value=0, max_value=1e5),
            st.none() | st.floats(min_value=0, max_value=1e5),
        ),
        max_size=300,
    ),
    st.integers(min_value=0, max_value=130),
)
def test_a_plot_fits_any_paper(samples: list[Sample], width: int) -> None:
    paper = Paper(width)
    put_plot(paper, samples, rows=(2, 2))
    drawn = ["".join(piece.text for piece in line) for line in paper.lines]
    assert all(cell_len(line) <= width for line in drawn)
    assert len(drawn) in (0, 5)


def test_a_paper_too_narrow_has_no_plot() -> None:
    assert not any("█" in line for line in lines(a_whole_check(), 20))


def test_what_carries_no_figure_is_not_plotted() -> None:
    check = RunningCheck("run", "camera")
    told(check, "camera.measuring", 0.4, width=1280, height=720, fps=29.8)
    told(check, "connection.surroundings", 0.0)
    told(check, "connection.download", 0.4, mbps=None)
    assert check.samples == []


def test_the_next_server_begins_anew() -> None:
    check = a_whole_check()
    check.take(CheckReading(judged(Reading("latency_ms", 40.0, NOW), STANDARD)))
    check.take(CheckLeft(PassedOver("http://a", CheckFailed("network.refused", {"host": "a", "port": 1})), "http://b"))
    assert (check.samples, check.found) == ([], {})
    assert "http://a was tried and left: a refuses connections at port 1." in " ".join(" ".join(lines(check)).split())


@pytest.mark.parametrize("code", ["network.refused", "probe.late"])
def test_what_went_wrong_is_said_at_once(code: str) -> None:
    check = a_whole_check()
    check.take(CheckFailed(code, {"host": "h", "port": 1, "seconds": 3}))
    assert len(lines(check)) > len(lines(a_whole_check()))
