"""A database that cannot be written is announced before anybody types into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lab.disks import read_only
from tests.tui.harness import opened, press, settled, text_on
from vcops import locale
from vcops.locale import _
from vcops.operations import meetings
from vcops.operations.workplace import Workplace

Open = Callable[..., Workplace]


def with_a_meeting(open_place: Open, folder: Path) -> Workplace:
    folder.mkdir()
    workplace = open_place(database=str(folder / "kantor-wilayah.db"))
    workplace.memory.keep(first_run="skipped")
    meetings.start(workplace, texts={"title": "Rapat kerja"})
    workplace.close()
    return workplace


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("language", locale.LANGUAGES)
async def test_a_read_only_database_is_said_beside_its_name_and_once_with_the_remedy(
    open_place: Open, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    workplace = with_a_meeting(open_place, tmp_path / "data")
    with read_only(tmp_path / "data"):
        async with opened(workplace, size, language) as (app, pilot):
            shown = text_on(app)
            assert f"kantor-wilayah.db  {_('read only')}  " in shown.splitlines()[0]
            assert "Rapat kerja" in shown
            (toast,) = app._notifications
            assert "--home" in toast.message
            await press(pilot, "2", "1")
            assert len(app._notifications) == 1
            app.shell.header.who = "Petugas dengan nama yang panjang sekali di kantor ini"
            app.shell.header.database = "basis-data-kantor-wilayah-provinsi.db"
            await settled(pilot)
            assert f"  {_('read only')}  " in text_on(app).splitlines()[0], "names give way first"


async def test_a_database_that_can_be_written_says_nothing(open_place: Open, tmp_path: Path) -> None:
    async with opened(with_a_meeting(open_place, tmp_path / "data")) as (app, _pilot):
        assert "read only" not in text_on(app)
        assert list(app._notifications) == []
