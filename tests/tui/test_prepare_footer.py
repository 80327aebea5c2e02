"""The footer of a walk at 80 columns: what an open step needs is there, and what an answered one needs is too."""

from __future__ import annotations

import pytest

from tests.tui.harness import opened, press, text_on
from tests.tui.walks import furnished, prepare, walking
from vcops import locale
from vcops.locale import _
from vcops.operations.workplace import Workplace
from vcops.tui.app import VcopsApp
from vcops.tui.commands import SHELL, key_name
from vcops.tui.plain import Cell
from vcops.tui.prepare.commands import WALK
from vcops.tui.widgets.table import Table


def footer(app: VcopsApp) -> str:
    return text_on(app).splitlines()[-1]


@pytest.mark.parametrize("language", locale.LANGUAGES)
async def test_an_open_step_offers_failed_and_skip_and_an_answered_one_offers_again(
    workplace: Workplace, language: str
) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace, (80, 24), language) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        for step in ("power", "camera", "seats", "link"):
            place.view.turn_to(step)
            await press(pilot, "J")
            assert all(f"{key} {_(word)}" in footer(app) for key, word in (("f", "Failed"), ("s", "Skip"))), step
        place.view.turn_to("power")
        await press(pilot, "enter", "k")
        assert f"r {_('Again')}" in footer(app)
        assert f"g {_('Decision')}" in footer(app)
        assert f"f {_('Failed')}" not in footer(app)
        await press(pilot, "f", "1", "k")  # it works all the same
        assert f"r {_('Again')}" in footer(app)
        assert f"s {_('Skip')}" in footer(app)


async def test_the_footer_of_another_place_stays_its_own(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace, (80, 24)) as (app, pilot):
        place = await walking(app, pilot, meeting_id)
        await press(pilot, "1")
        before = footer(app)
        assert place.walked is not None
        place.show_walk(place.walked)
        await press(pilot, "f9")
        assert footer(app) == before
        await prepare(app, pilot)
        assert "f Failed" in footer(app)


@pytest.mark.parametrize("language", locale.LANGUAGES)
async def test_every_key_of_a_walk_that_the_footer_drops_stands_in_the_help(
    workplace: Workplace, language: str
) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace, (80, 24), language) as (app, pilot):
        await walking(app, pilot, meeting_id, "camera")
        assert f"? {_('Help')}" in footer(app)
        await press(pilot, "?")
        told = {line.key: [str(cell.text if isinstance(cell, Cell) else cell) for cell in line.cells]
                for line in app.screen.query_one(Table).lines}  # fmt: skip
        for one in (*WALK, *SHELL):
            if one.key:
                assert key_name(one.key) in told[one.id][0], one.id
                assert told[one.id][1].strip(), one.id
        assert "^q" in text_on(app)
        assert _("In a walk") in text_on(app), "its own keys come first"
