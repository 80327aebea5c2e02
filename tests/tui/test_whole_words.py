"""What a window of 80 columns has to show whole, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from tests.tui.harness import opened, press, settled, text_on
from tests.tui.walks import furnished, walking
from vcops import locale
from vcops.domain.checks import JudgedReading
from vcops.domain.compliance import Compliance, RoomMonth
from vcops.domain.metrics import METRICS
from vcops.domain.readings import Reading
from vcops.domain.runs import Ready
from vcops.domain.standards import bound_text
from vcops.domain.verdicts import Verdict
from vcops.locale import language
from vcops.operations.workplace import Workplace
from vcops.tui.prepare.kept import put_kept
from vcops.tui.prepare.paper import Paper
from vcops.tui.prepare.readings import put_bounds, put_reading
from vcops.tui.prepare.steps import StepList
from vcops.wording.compliance import headings
from vcops.wording.metrics import metric_name
from vcops.wording.verdicts import ready_word

PAGE = 42
"""Columns beside the list of steps, at 80."""
LIST = 26
"""Columns of a title in the list of steps, there."""


@pytest.fixture(params=locale.LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    locale.use(request.param)
    yield request.param
    locale.use("en")


def lines(paper: Paper) -> list[str]:
    return ["".join(cell.text for cell in line) for line in paper.lines]


@pytest.mark.usefixtures("spoken")
def test_every_metric_of_a_standard_is_named_whole_with_its_bound(workplace: Workplace) -> None:
    for standard in workplace.handbook.standards.values():
        paper = Paper(PAGE)
        put_bounds(paper, standard)
        for asked in standard.requirements:
            bound = bound_text(METRICS[asked.metric], asked.pass_)
            reading = Reading(asked.metric, None, workplace.clock())
            put_reading(paper, JudgedReading(reading, Verdict.UNMEASURED, required=True, pass_text=bound))
        shown = lines(paper)
        assert all(cell_len(one) <= PAGE for one in shown)
        for asked in standard.requirements:
            name = metric_name(asked.metric)
            assert sum(name in one for one in shown) >= 2, (standard.id, name)
        assert not any("…" in one for one in shown), (standard.id, shown)


@pytest.mark.usefixtures("spoken")
def test_decisions_stand_whole_in_the_list_of_steps(workplace: Workplace) -> None:
    for procedure in workplace.handbook.procedures.values():
        for phase in procedure.phases:
            if phase.gate:
                assert cell_len(phase.gate.title.said(language())) <= LIST
    assert all(cell_len(ready_word(one)) <= LIST for one in Ready)


@pytest.mark.usefixtures("spoken")
def test_the_headings_of_how_well_it_was_kept_stand_apart(workplace: Workplace) -> None:
    month = RoomMonth("Aula", "2026-09", Compliance(runs=3))
    heads = next(one for one in lines(put_kept([month], 74)) if headings()[0] in one)
    assert [one.strip() for one in re.split(r"  +", heads)] == list(headings())


async def test_the_three_decisions_and_what_they_ask_are_whole_beside_the_steps(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    for tongue, hint in (("id", "dengan alasan"), ("en", "with a reason")):
        async with opened(workplace, (80, 24), tongue) as (app, pilot):
            place = await walking(app, pilot, meeting_id)
            place.view.turn_to("gate:go-no-go")
            await settled(pilot)
            width = app.query_one(StepList).size.width
            beside = [line[width:].rstrip(" ▁▂▃▄▅▆▇█") for line in text_on(app).splitlines()]
            assert all(any(ready_word(one) in line for line in beside) for one in Ready)
            assert sum(line.rstrip().endswith(hint) for line in beside) == 2, "all but READY"


async def test_the_forms_of_camera_and_room_cut_nothing(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    for tongue, words in (("id", "isi alamatnya di bawah"), ("en", "its address below")):
        async with opened(workplace, (80, 24), tongue) as (app, pilot):
            await walking(app, pilot, meeting_id, "camera")
            await press(pilot, "c")
            for _turn in range(200):
                if words in text_on(app):
                    break
                await pilot.pause(0.05)
            assert words in text_on(app)
            await press(pilot, "escape", "6", "e")
            assert re.search(r"(Depan|Front) = 0 *$|(Depan|Front) = 0\s", text_on(app))
