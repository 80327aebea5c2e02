"""By when something is to be done, as it is written in a walk."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from vcops import locale
from vcops.domain.deadlines import Due
from vcops.domain.texts import Text
from vcops.domain.workdays import Holiday, HolidayKind
from vcops.tui.prepare.due import due_words

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MOON = Holiday(date(2026, 11, 20), Text(id="Hari raya"), HolidayKind.PUBLIC, estimated=True)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (Due(datetime(2026, 11, 23, 0, 45, tzinfo=UTC)), "07.45"),
        (Due(datetime(2026, 11, 23, 16, 59, tzinfo=UTC)), "23.59"),
        (Due(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)), "24/11/2026, 00.00"),
        (Due(datetime(2026, 11, 9, 1, 0, tzinfo=UTC)), "09/11/2026, 08.00"),
        (
            Due(datetime(2026, 11, 9, 1, 0, tzinfo=UTC), (MOON,)),
            "09/11/2026, 08.00 (perkiraan: ada hari libur yang belum pasti)",
        ),
        (
            Due(datetime(2027, 1, 4, 1, 0, tzinfo=UTC), (), (2027,)),
            "04/01/2027, 08.00 (perkiraan: ada hari libur yang belum pasti)",
        ),
    ],
)
def test_the_day_is_told_where_it_is_another_and_an_estimate_says_so(due: Due, said: str) -> None:
    locale.use("id")
    assert due_words(due, NOW, "Asia/Jakarta") == said
