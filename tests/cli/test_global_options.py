"""The global options: before the command or behind it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click
import pytest

from tests.lab.command import CommandLine
from vcops.cli.main import COMMANDS, root


def test_they_may_stand_behind_the_command(vcops: CommandLine, tmp_path: Path) -> None:
    assert "Ukur kamera" in vcops("check", "camera", "--help", "--lang", "id").out
    assert "Measure a camera" in vcops("check", "camera", "--lang=en", "--help").out
    assert "Measure a camera" in vcops("--lang", "id", "check", "camera", "--help", "--lang", "en").out
    other = tmp_path / "other"
    assert vcops("room", "add", "--name", "Aula", "--as", "Budi", "--home", str(other)).status == 0
    assert vcops("room", "list", "--json").json == []
    assert {one["actor"] for one in vcops("journal", "--json", "--home", str(other)).json} == {"Budi"}


@pytest.mark.parametrize("words", ["meeting list", "run status", "tally", "room list", "office show", "tariff list",
                                   "standard list", "sop list", "journal", "db path", "keys"])  # fmt: skip
def test_a_command_imports_all_that_it_needs(vcops: CommandLine, words: str) -> None:
    """The commands of the other tests are forked from a process that has imported it already."""
    ran = vcops(*words.split(), "--json", fresh=True)
    assert (ran.status, ran.err) == (0, "")
    assert ran.json is not None


def test_what_stands_behind_two_dashes_is_no_option(vcops: CommandLine) -> None:
    ran = vcops("room", "show", "--", "--lang")
    assert ran.status == 2
    assert "--lang" in ran.err


def test_no_command_has_one_of_its_own_by_such_a_name() -> None:
    ours = {name for one in root.params for name in one.opts} - {"--version"}
    for module, _colon, attribute in (target.partition(":") for target, _about in COMMANDS.values()):
        for one in _leaves(getattr(import_module(module), attribute)):
            assert ours.isdisjoint({name for parameter in one.params for name in parameter.opts}), one.name


def _leaves(one: click.Command) -> list[click.Command]:
    if not isinstance(one, click.Group):
        return [one]
    context = click.Context(one)
    inner = [one.get_command(context, name) for name in one.list_commands(context)]
    return [leaf for child in inner if child for leaf in _leaves(child)]
