"""The shell: places, keys, help, palette, language, themes, size, what goes wrong."""

from __future__ import annotations

from contextlib import closing

import pytest
from textual.widgets import Input

from tests.tui.harness import opened, press, settled, text_on
from vcops import locale
from vcops.errors import StorageError
from vcops.operations.workplace import Workplace
from vcops.tui.commands import all_commands, key_name
from vcops.tui.places import PLACES
from vcops.tui.theme import THEMES

HOSTILE = ("[/", "a [/b] c", "[@click=app.quit]x[/]", "\x1b[31mred", "[bold]thick[/bold]")


async def test_header_names_the_office_who_works_the_database_and_that_it_is_an_example(example: Workplace) -> None:
    async with opened(example, language="id") as (app, _pilot):
        first = text_on(app).splitlines()[0]
    for part in (
        "vcops",
        "Hari ini",
        "Dinas Komunikasi dan Informatika",
        "CONTOH",
        "Operator A",
        "vcops.db",
        "10.15 WIB",
    ):
        assert part in first


async def test_digits_go_to_places_and_escape_goes_back_and_never_quits(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        await press(pilot, "7")
        assert app.shell.navigation.current == "settings"
        await press(pilot, "escape")
        assert app.shell.navigation.current == "today"
        await press(pilot, "escape", "escape", "q")
        assert app.is_running
        assert app.shell.navigation.current == "today"


async def test_ctrl_q_quits(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert not app._running or app._exit


async def test_a_place_is_mounted_when_it_is_first_shown_and_kept(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        assert len(app.query("SettingsPlace")) == 0
        await press(pilot, "7", "1", "7")
        assert len(app.query("SettingsPlace")) == 1


async def test_language_switch_redraws_everything_and_is_remembered(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        await press(pilot, "7")
        assert "Settings" in text_on(app)
        await press(pilot, "ctrl+l")
        shown = text_on(app)
        assert "7 Pengaturan" in shown
        assert "Yang bertugas" in shown
        assert "Bantuan" in shown.splitlines()[-1]
        assert "Settings" not in shown
        assert locale.language() == "id"
        assert example.memory.read()["language"] == "id"
        await press(pilot, "1")
        assert "Sedang berlangsung" in text_on(app)


async def test_help_lists_the_keys_of_the_place_and_closes_with_escape(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        await press(pilot, "question_mark")
        shown = text_on(app)
        assert "Plans a meeting" in shown
        assert "In lists" in shown
        await press(pilot, "escape")
        assert app.screen is app.shell


async def test_palette_finds_a_command_by_its_words(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        await press(pilot, "ctrl+p")
        app.screen.query_one(Input).value = "settings"
        for _ in range(50):
            await pilot.pause(0.02)
            if "Go to Settings" in text_on(app) and "Plan a meeting" not in text_on(app):
                break
        await press(pilot, "enter")
        await press(pilot)
        for _ in range(50):
            await pilot.pause(0.02)
            if app.shell.navigation.current == "settings":
                break
        assert app.shell.navigation.current == "settings"


async def test_keys_are_remapped_by_the_configuration(example: Workplace) -> None:
    example.places.config_file.write_text('[keys]\n"go.settings" = "f9"\n', encoding="utf-8")
    from vcops.operations.workplace import open_workplace

    with closing(open_workplace(example.options, example.clock)) as remapped:
        async with opened(remapped) as (app, pilot):
            await press(pilot, "7")
            assert app.shell.navigation.current == "today"
            await press(pilot, "f9")
            assert app.shell.navigation.current == "settings"


async def test_footer_has_at_most_six_whole_entries(example: Workplace) -> None:
    for language in locale.LANGUAGES:
        async with opened(example, (80, 24), language) as (app, _pilot):
            last = text_on(app).splitlines()[-1].rstrip()
            entries = [one for one in last.strip().split("  ") if one]
            assert 3 <= len(entries) <= 7
            assert last.endswith(locale._("Quit"))  # the first screen has room for it


async def test_the_footer_gives_up_the_key_that_quits_before_any_other(example: Workplace) -> None:
    for language in locale.LANGUAGES:
        async with opened(example, (120, 24), language) as (app, pilot):
            for place in "1234567":
                await press(pilot, place)
                wide = text_on(app).splitlines()[-1]
                assert f"^q {locale._('Quit')}" in wide
                await pilot.resize_terminal(80, 24)
                await settled(pilot)
                narrow = text_on(app).splitlines()[-1].rstrip()
                assert narrow.endswith((locale._("Quit"), locale._("Commands")))
                await pilot.resize_terminal(120, 24)
                await settled(pilot)


async def test_the_help_names_the_key_that_quits(example: Workplace) -> None:
    async with opened(example, (80, 24), "id") as (app, pilot):
        await press(pilot, "question_mark")
        assert "^q keluar dari program" in text_on(app)


async def test_a_small_window_says_how_large_it_must_be(example: Workplace) -> None:
    async with opened(example, (79, 24)) as (app, pilot):
        assert "80x20" in text_on(app)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "On now" in text_on(app)
        await pilot.resize_terminal(80, 19)
        await settled(pilot)
        assert "80x20" in text_on(app)


async def test_themes_go_round_and_are_remembered(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        seen = []
        for _ in THEMES:
            app.action_next_theme()
            await settled(pilot)
            seen.append(app.theme)
    assert sorted(seen) == sorted(THEMES)
    assert example.memory.read()["theme"] == seen[-1]


async def test_no_color_draws_no_colour(example: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(example) as (app, _pilot):
        filters = app.get_line_filters()
        strips = app.screen._compositor.render_strips()
        for strip in strips:
            filtered = strip
            for one in filters:
                filtered = filtered.apply_filter(one, app.screen.background_colors[1])
            for segment in filtered:
                if segment.style and segment.style.color and segment.style.color.triplet:
                    red, green, blue = segment.style.color.triplet
                    assert red == green == blue


async def test_an_error_is_said_with_its_remedy_and_kept_in_the_log(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        app.report(StorageError("storage.full", url="sqlite:///[/b]"))
        await settled(pilot)
        shown = text_on(app)
    assert "is full" in shown
    assert "Free some space" in shown
    assert "storage.full" in example.places.log_file.read_text(encoding="utf-8")


@pytest.mark.parametrize("title", HOSTILE)
async def test_text_from_people_is_never_markup(empty_office: Workplace, title: str) -> None:
    from vcops.operations import directory

    directory.set_office(empty_office, {"name": title})
    directory.add_room(empty_office, {"name": title})
    empty_office.work_as(title)
    async with opened(empty_office) as (app, pilot):
        app.say(title)
        await settled(pilot)
        await press(pilot, "7", "o")
        shown = text_on(app)
        assert app.is_running
        assert "\x1b" not in shown
        assert title.replace("\x1b", " ").strip() in shown


def test_every_command_has_words_an_id_of_its_own_and_no_key_of_the_shell() -> None:
    commands = all_commands()
    ids = [one.id for one in commands]
    assert len(ids) == len(set(ids))
    for one in commands:
        assert one.help or one.palette, one.id
        assert one.key or one.palette, f"{one.id} can be reached by nothing"
    shell = {key for one in commands if one.id.startswith(("go.", "shell.")) for key in one.key.split(",") if key}
    for place in PLACES:
        keys = [key for one in commands if one.id.startswith(f"{place.id}.") for key in one.key.split(",") if key]
        assert not shell & set(keys), f"{place.id} takes a key of the shell: {shell & set(keys)}"


@pytest.mark.parametrize(
    ("key", "name"), [("ctrl+p", "^p"), ("question_mark,f1", "?"), ("f5", "F5"), ("n", "n"), ("G", "G"), ("slash", "/")]
)
def test_keys_are_named_as_people_write_them(key: str, name: str) -> None:
    assert key_name(key) == name


async def test_every_place_answers_every_binding_with_a_method(example: Workplace) -> None:
    async with opened(example) as (app, pilot):
        for entry in PLACES:
            await press(pilot, entry.digit)
            place = app.shell.current
            assert place is not None
            for binding in [one for found in place._bindings.key_to_bindings.values() for one in found]:
                # A list takes Enter, and the decision's list the right arrow, and hands it on as Table.Chosen.
                assert (
                    binding.id == "prepare.choose"
                    or binding.key == "enter"
                    or hasattr(place, f"action_{binding.action.partition('(')[0]}")
                ), binding
