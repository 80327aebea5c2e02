"""Settings: who, language, colours, office, tariff."""

from __future__ import annotations

import pytest

from tests.tui.harness import opened, press, settled, text_on
from vcops import locale
from vcops.operations import directory, signatories, tariffs
from vcops.operations.workplace import Workplace
from vcops.tui.widgets.table import Table


async def test_who_works_is_changed_remembered_and_shown(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        await press(pilot, "7", "w", *["backspace"] * 10, *"Sari", "enter")
        assert "Sari" in text_on(app).splitlines()[0]
    assert example.memory.read()["who"] == "Sari"


async def test_office_is_changed_in_a_form(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        await press(pilot, "7", "o", "tab", "tab", *["backspace"] * 12, *"Kubu", "ctrl+s")
        assert "Kubu" in text_on(app)
        assert f"Stored: {directory.office(example).name}" in text_on(app)
    assert directory.office(example).place == "Kubu"


async def test_language_line_switches(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        await press(pilot, "7", "j", "enter")
        assert locale.language() == "id"
        assert "Bahasa" in text_on(app)


@pytest.mark.parametrize("place", ["1", "4", "6", "7"])
async def test_the_cursor_stays_when_the_language_changes(example: Workplace, place: str) -> None:
    async with opened(example) as (app, pilot):
        await press(pilot, place, "j", "j")
        before = app.shell.current.query(Table).first().current
        app.speak("id")
        await settled(pilot)
        assert before is not None
        assert app.shell.current.query(Table).first().current == before


async def test_a_typed_tariff_is_adopted(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        await press(pilot, "7")
        assert "no tariff yet" in text_on(app)
        await press(pilot, "t", "t", "tab", *"SSH", "tab", *"SK", "tab", "tab", *"30 juta", "ctrl+s")
        shown = text_on(app)
        assert "SSH" in shown
    adopted = tariffs.in_force(empty_office)
    assert adopted is not None
    assert adopted.tariff.components[0].amount == 30_000_000


async def test_who_acknowledges_papers_is_set_from_the_staff(empty_office: Workplace) -> None:
    directory.add_person(empty_office, {"name": "Siti Aminah", "position": "Kepala Dinas", "nip": "196801011990032001"})
    async with opened(empty_office, (80, 24), "id") as (_app, pilot):
        await press(pilot, "7", "s", *"Siti", "right", "tab", "tab", "tab", "right", "ctrl+s")
        await press(pilot, "G")
        assert [one.titles for one in signatories.listing(empty_office)] == [("Plt. Kepala Dinas",)]
        await press(pilot, "s", *["backspace"] * 20, "ctrl+s")
    assert signatories.listing(empty_office) == []
