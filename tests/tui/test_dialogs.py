"""Dialogs: a form keeps what was typed, a question and a reason answer, escape answers nothing."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widgets import Input

from tests.tui.harness import opened, press, settled, text_on
from tests.tui.walks import until
from vcops.errors import InvalidInput
from vcops.operations.workplace import Workplace
from vcops.tui.app import VcopsApp
from vcops.tui.dialogs.confirm import ConfirmDialog
from vcops.tui.dialogs.form import FieldSpec, FormDialog
from vcops.tui.dialogs.reason import ReasonDialog
from vcops.tui.widgets.choice import Choice

FIELDS = (
    FieldSpec("name", "Name", required=True),
    FieldSpec("mode", "Mode", choices=(("online", "daring"), ("hybrid", "hibrida"))),
    FieldSpec("people", "People"),
)


def asked(app: Any, dialog: Any) -> list[Any]:
    answers: list[Any] = []
    app.push_screen(dialog, answers.append)
    return answers


async def test_a_form_answers_its_texts(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        answers = asked(app, FormDialog("Title", FIELDS))
        await press(pilot, "R", "7", "q", "enter", "right", "enter", "4", "enter")
    assert answers == [{"name": "R7q", "mode": "hybrid", "people": "4"}]


async def test_a_needed_field_is_asked_for_and_escape_answers_none(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        answers = asked(app, FormDialog("Title", FIELDS))
        await press(pilot, "tab", "tab", "9", "ctrl+s")
        assert "Name is needed." in text_on(app)
        assert app.focused is not None
        assert app.focused.id == "field-name"
        assert app.screen.query_one("#field-people", Input).value == "9"
        await press(pilot, "escape")
        assert "Escape once more" in text_on(app)
        await press(pilot, "x", "escape", "escape")
    assert answers == [None]


async def test_a_fault_is_shown_inside_and_nothing_typed_is_lost(empty_office: Workplace) -> None:
    tried: list[dict[str, str]] = []

    async def submit(texts: dict[str, str]) -> str:
        tried.append(texts)
        if len(tried) == 1:
            raise InvalidInput("count.negative", column="people", value="[/b]")
        return "stored"

    async with opened(empty_office) as (app, pilot):
        answers = asked(app, FormDialog("Title", FIELDS, submit=submit))
        await press(pilot, "a", "tab", "h", "tab", "minus", "ctrl+s")
        shown = text_on(app)
        assert "A head count cannot be [/b]" in shown
        assert app.focused is not None
        assert app.focused.id == "field-people"
        assert app.screen.query_one("#field-name", Input).value == "a"
        assert app.screen.query_one(Choice).value == "hybrid"
        await press(pilot, "end", "backspace", "5", "ctrl+s")
    assert answers == ["stored"]
    assert [one["people"] for one in tried] == ["-", "5"]


async def test_a_long_form_scrolls_on_the_smallest_window(empty_office: Workplace) -> None:
    fields = [FieldSpec(f"f{at}", f"Field {at}") for at in range(30)]
    async with opened(empty_office, (80, 24)) as (app, pilot):
        asked(app, FormDialog("Title", fields))
        await settled(pilot)
        assert "Field 29" not in text_on(app)
        await press(pilot, *["tab"] * 29)
        shown = text_on(app)
        assert "Field 29" in shown
        assert "Esc cancel" in shown


async def test_the_arrows_go_from_field_to_field_of_a_long_form(empty_office: Workplace) -> None:
    fields = [FieldSpec(f"f{at}", f"Field {at}") for at in range(30)]
    async with opened(empty_office, (80, 24)) as (app, pilot):
        form = FormDialog("Title", fields)
        asked(app, form)
        await settled(pilot)
        for arrow, times, there in (("down", 25, 25), ("up", 20, 5)):
            await press(pilot, *[arrow] * times)
            assert form.focused is not None
            assert form.focused.id == f"field-f{there}"
            assert form.query_one(".fields").region.contains_region(form.focused.region), "it stays in sight"


async def test_a_long_label_is_never_cut(empty_office: Workplace) -> None:
    fields = [FieldSpec("platform", "Platform yang biasa dipakai", required=True), FieldSpec("other", "Lain")]
    async with opened(empty_office, (80, 24)) as (app, pilot):
        asked(app, FormDialog("Title", fields))
        await settled(pilot)
        assert "Platform yang biasa dipakai * " in text_on(app)
        inputs = app.screen.query(Input)
        assert len({one.region.x for one in inputs}) == 1


async def test_a_question_takes_yes_no_and_escape(empty_office: Workplace) -> None:
    for key, wanted in (("y", True), ("n", False), ("escape", None)):
        async with opened(empty_office) as (app, pilot):
            answers = asked(app, ConfirmDialog("Sure? [/]", detail="[bold]"))
            await settled(pilot)
            assert "Sure? [/]" in text_on(app)
            await press(pilot, key)
            assert answers == [wanted]


async def test_a_usual_reason_is_one_key_away_and_another_can_be_typed(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        answers = asked(app, ReasonDialog("Why?", ["no time", "broken [/]"]))
        await press(pilot, "2")
        assert answers == ["broken [/]"]
        more = asked(app, ReasonDialog("Why?", ["no time"]))
        await press(pilot, "tab", "enter", "1", "x", "enter")
        assert more == ["1x"]


async def test_typing_replaces_what_stood_in_a_field_and_ctrl_c_says_how_to_quit(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        asked(app, FormDialog("Title", [FieldSpec("minutes", "Minutes", "-5")]))
        await press(pilot, "7")
        assert app.screen.query_one(Input).value == "7"
        await press(pilot, "ctrl+c")
        assert "Press Ctrl+Q" in text_on(app)


async def test_a_fault_names_the_label_and_stays_in_sight_with_the_keys(empty_office: Workplace) -> None:
    async def submit(_texts: dict[str, str]) -> str:
        raise InvalidInput("form.number", column="f29", value="x" * 90)

    fields = [FieldSpec(f"f{at}", f"Label {at}", "x") for at in range(30)]
    async with opened(empty_office, (80, 24)) as (app, pilot):
        asked(app, FormDialog("Title", fields, submit=submit, detail="word " * 30))
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: text_on(app).count("Label 29") == 2)
        shown = text_on(app)
    assert "f29" not in shown
    assert "xxxx" in shown
    assert "Esc cancel" in shown


async def test_the_same_refusal_is_one_toast(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        for _time in range(3):
            app.report(InvalidInput("form.number", column="minutes", value="x"))
            await settled(pilot)
        await settled(pilot)
        assert len(app.screen.query("Toast")) == 1


async def test_toasts_are_few_short_and_leave_with_the_next_key(
    empty_office: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(app: VcopsApp) -> list[str]:
        return [str(one.render()) for one in app.screen.query("Toast") if one.is_attached]

    async with opened(empty_office, (80, 24)) as (app, pilot):
        for number in range(4):
            app.say(f"done {number}")
            await settled(pilot)
        assert shown(app) == ["done 2", "done 3"]
        app.report(InvalidInput("form.number", column="minutes", value="x"))
        await settled(pilot)
        refused, done = sorted(app.screen.query("Toast"), key=lambda one: -one.region.height)
        assert "done 3" in str(done.render())
        assert (done.region.height, done.region.width) == (1, len("done 3") + 3)
        assert max(refused.region.bottom, done.region.bottom) == 23  # just above the footer
        await press(pilot, "j")  # it was on its way before anything could be read
        assert len(shown(app)) == 2
        monkeypatch.setattr("vcops.tui.toasts.SEEN_AFTER", -1.0)
        await press(pilot, "j")
        assert shown(app) == [str(refused.render())]


async def test_a_planned_meeting_half_typed_is_not_dropped_by_one_key(example: Workplace) -> None:
    async with opened(example, (80, 24)) as (app, pilot):
        await press(pilot, "2", "n", "escape")
        assert app.screen is app.shell
        await press(pilot, "n", "R", "a", "p", "escape")
        assert app.screen is not app.shell
        assert "Escape once more" in text_on(app)
        await press(pilot, "escape")
        assert app.screen is app.shell


async def test_what_changes_behind_a_dialog_changes_in_sight(empty_office: Workplace) -> None:
    async with opened(empty_office) as (app, pilot):
        asked(app, ConfirmDialog("Really?", yes="yes", no="no"))
        await settled(pilot)
        assert "Seseorang" not in text_on(app)
        app.shell.header.who = "Seseorang"
        await until(pilot, lambda: "Seseorang" in text_on(app))
        dark = _grounds(app)
        app.dress("vcops-light")
        await until(pilot, lambda: not _grounds(app) & dark)


def _grounds(app: VcopsApp) -> set[str]:
    """Return the background colours on the screen."""
    lines = app.screen._compositor.render_strips()
    return {str(segment.style.bgcolor) for line in lines for segment in line if segment.style}


async def test_a_window_that_grows_is_filled_behind_a_dialog(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        asked(app, ConfirmDialog("Really?", yes="yes", no="no"))
        await settled(pilot)
        await pilot.resize_terminal(120, 40)
        await until(pilot, lambda: app.screen.size.width == 120)
        lines = text_on(app).splitlines()
    assert "Commands" in lines[-1]
    assert "vcops" in lines[0]
