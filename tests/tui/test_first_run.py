"""The first start: the form is offered once, can be skipped, and fills the office."""

from __future__ import annotations

from collections.abc import Callable

from tests.tui.harness import opened, press, text_on
from vcops.operations import directory, tariffs
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
        assert "'banyak' for Travel, a meeting cannot be read as rupiah" in " ".join(shown.split())
        assert "Kantor A" in shown
    assert directory.office(workplace).name == ""


async def test_a_fault_goes_when_its_field_is_mended_and_not_before(open_place: Callable[..., Workplace]) -> None:
    workplace = open_place()
    async with opened(workplace, (80, 24)) as (app, pilot):
        await press(pilot, *["tab"] * 5, "t", "tab", *"banyak", "ctrl+s")
        assert "cannot be read as rupiah" in " ".join(text_on(app).split())
        await press(pilot, "shift+tab", "shift+tab", *"http")
        assert "cannot be read as rupiah" in " ".join(text_on(app).split()), "another field mends nothing"
        await press(pilot, "tab", "tab", *"15", "tab")
        assert "cannot be read as rupiah" not in " ".join(text_on(app).split())
        assert not app.screen.query(".-faulty")
        await press(pilot, "ctrl+s")
        assert "is not an http" in " ".join(text_on(app).split()) or app.screen.query("#row-server.-faulty")


async def test_it_is_said_for_which_tariff_amounts_are_asked(open_place: Callable[..., Workplace]) -> None:
    workplace = open_place()
    async with opened(workplace, (80, 24), "id") as (app, _pilot):
        assert text_on(app).count("hanya bila 'ketik sendiri'") == 2


async def test_a_tariff_typed_beside_none_yet_is_not_dropped(open_place: Callable[..., Workplace]) -> None:
    workplace = open_place()
    async with opened(workplace, (80, 24)) as (app, pilot):
        await press(pilot, *"Kantor A", *["tab"] * 6, *"15 juta", "ctrl+s")
        shown = " ".join(text_on(app).split())
        assert "the tariff is not 'typed below'" in shown
        assert "15 juta" in shown
        await press(pilot, "t", "ctrl+s")
        assert "Welcome" not in text_on(app)
    adopted = tariffs.in_force(workplace)
    assert adopted is not None
    assert [one.amount for one in adopted.tariff.components] == [15_000_000]
