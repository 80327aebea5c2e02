"""Keys that a slow line delivers at once."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.harness import opened, press, settled
from tests.tui.walks import furnished, walking
from vcops.operations.workplace import Workplace
from vcops.tui.app import VcopsApp
from vcops.tui.dialogs.form import FieldSpec, FormDialog
from vcops.tui.dialogs.reason import ReasonDialog
from vcops.tui.prepare.walk import WalkView


async def burst(app: VcopsApp, pilot: Pilot[object], *keys: str) -> None:
    """Send keys without waiting between them, as one packet of a slow line brings them."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
    await settled(pilot)


async def test_a_burst_goes_on_in_the_field_to_which_tab_and_enter_lead(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        app.push_screen(FormDialog("Title", [FieldSpec(one, one) for one in ("one", "two", "three")]))
        await settled(pilot)
        await burst(app, pilot, "a", "b", "tab", "B", "i", "enter", "r", "o")
        assert [one.value for one in app.screen.query(Input)] == ["ab", "Bi", "ro"]


async def test_a_key_sent_with_the_one_that_opens_a_dialog_goes_into_the_dialog(workplace: Workplace) -> None:
    meeting_id = furnished(workplace)
    async with opened(workplace) as (app, pilot):
        await walking(app, pilot, meeting_id)
        before = app.shell.query_one(WalkView).key
        await burst(app, pilot, "s", "u")
        assert isinstance(app.screen, ReasonDialog)
        assert app.shell.query_one(WalkView).key == before
        await press(pilot, "escape")
        await burst(app, pilot, "s", "5")
        assert app.shell.navigation.current == "prepare"
        assert app.screen is app.shell
        assert app.shell.query_one(WalkView).key != before
