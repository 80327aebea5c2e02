"""The first start: the form is offered once, can be skipped, and fills the office."""

from __future__ import annotations

from collections.abc import Callable

from tests.tui.harness import opened, press, text_on
from vcops.operations import directory
from vcops.operations.workplace import Workplace


async def test_the_form_is_offered_and_fills_the_office(open_place: Callable[..., Workplace]) -> None:
    workplace = open_place()
    async with opened(workplace, (80, 24)) as (app, pilot):
        assert "Welcome to vcops" in text_on(app)
        await press(pilot, *"Kantor A", "tab", "tab", *"Ruang B", "ctrl+s")
        shown = text_on(app)
        assert "Kantor A" in shown.splitlines()[0]
        assert "Ruang B" in shown
    assert directory.office(workplace).name == "Kantor A"
    assert [one.name for one in directory.rooms(workplace)] == ["Ruang B"]


async def test_skipped_once_it_is_not_offered_again(open_place: Callable[..., Workplace]) -> None:
    workplace = open_place()
    async with opened(workplace, (80, 24)) as (app, pilot):
        await press(pilot, "escape")
        assert "Nothing is planned" in text_on(app)
    async with opened(workplace, (80, 24)) as (app, _pilot):
        assert "Welcome" not in text_on(app)


async def test_a_wrong_amount_is_said_inside_and_what_was_typed_stays(open_place: Callable[..., Workplace]) -> None:
    workplace = open_place()
    async with opened(workplace, (80, 24)) as (app, pilot):
        await press(pilot, *"Kantor A", *["tab"] * 5, "t", "tab", *"banyak", "ctrl+s")
        shown = text_on(app)
        assert "banyak cannot be read as rupiah" in shown
        assert "Kantor A" in shown
    assert directory.office(workplace).name == ""
