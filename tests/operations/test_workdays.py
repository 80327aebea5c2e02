"""The office's calendar: the national one with joint leave, and what the office says of itself."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

import pytest

from vcops.domain.workdays import HolidayKind
from vcops.operations.national_days import national_days
from vcops.operations.workdays import calendar

OWN = """\
holidays:
  days:
    - {date: 2026-10-28, name: Hari jadi daerah}
    - {date: 2026-12-24, name: Layanan tetap buka, works: true}
    - {date: 2026-11-25, name: Pemilihan kepala daerah, estimated: true}
"""


def write_own(workplace, text: str = OWN, name: str = "holidays.yaml") -> None:
    workplace.handbook_folder.mkdir(parents=True, exist_ok=True)
    (workplace.handbook_folder / name).write_text(text, encoding="utf-8")
    workplace.__dict__.pop("handbook", None)


def test_public_holidays_and_joint_leave_are_no_working_days(workplace) -> None:
    found = calendar(workplace, 2026)
    (christmas,) = found.holidays(date(2026, 12, 25))
    (eve,) = found.holidays(date(2026, 12, 24))
    assert (christmas.kind, christmas.name.en, christmas.estimated) == (HolidayKind.PUBLIC, "Christmas Day", False)
    assert (eve.kind, eve.name.id) == (HolidayKind.JOINT_LEAVE, "Cuti Bersama Hari Raya Natal")
    assert not found.is_working_day(date(2026, 12, 24))
    assert found.is_working_day(date(2026, 12, 23))


def test_a_date_that_hangs_on_the_moon_is_marked_and_its_name_is_clean(workplace) -> None:
    found = calendar(workplace, 2029)
    moved = [one for days in found.days.values() for one in days if one.estimated]
    assert {one.name.en for one in moved} >= {"Eid al-Fitr"}
    assert not [one for days in found.days.values() for one in days if "(" in one.name.id + (one.name.en or "")]


def test_years_without_decreed_joint_leave_are_told(workplace) -> None:
    assert calendar(workplace, 2026).unsettled(date(2026, 3, 1), date(2026, 9, 1)) == ()
    assert calendar(workplace, 2060).unsettled(date(2060, 3, 1), date(2060, 9, 1)) == (2060,)


def test_the_offices_own_days_join(workplace) -> None:
    assert calendar(workplace, 2026).is_working_day(date(2026, 10, 28))
    write_own(workplace)
    found = calendar(workplace, 2026)
    assert not found.is_working_day(date(2026, 10, 28))
    assert found.is_working_day(date(2026, 12, 24))
    assert [one.kind for one in found.holidays(date(2026, 11, 25))] == [HolidayKind.OFFICE]
    assert found.estimated(date(2026, 11, 23), date(2026, 11, 27)) == found.holidays(date(2026, 11, 25))


def test_files_of_several_years_add_up(workplace) -> None:
    write_own(workplace)
    write_own(workplace, OWN.replace("holidays:", "holidays:\n  id: days-2027").replace("2026", "2027"), "2027.yaml")
    found = calendar(workplace, 2027)
    assert not found.is_working_day(date(2026, 10, 28))
    assert not found.is_working_day(date(2027, 10, 28))


def test_a_faulty_file_leaves_the_national_days(workplace) -> None:
    write_own(workplace, OWN.replace("date: 2026-10-28", "dat: 2026-10-28"))
    assert calendar(workplace, 2026).is_working_day(date(2026, 10, 28))
    assert not calendar(workplace, 2026).is_working_day(date(2026, 12, 25))
    assert "handbook.unknown_key_near" in [one.code for one in workplace.handbook.faults]


def test_another_start_has_the_same_days_without_reckoning_them_again(workplace, open_place) -> None:
    first = calendar(workplace, 2029)
    kept = workplace.places.national_days_file
    written = kept.stat()
    national_days.cache_clear()
    assert calendar(open_place(), 2029) == first
    assert kept.stat() == written


@pytest.mark.parametrize("spoilt", ["", "[]", "not JSON", '{"2026": "[1]"}', '{"2026": "{}"}', "another release"])
def test_what_cannot_be_read_is_reckoned_anew(workplace, open_place, spoilt: str) -> None:
    first = calendar(workplace, 2026)
    kept = workplace.places.national_days_file
    text = kept.read_text(encoding="utf-8")
    release = text.replace(version("holidays"), "0.1").replace("Natal", "Nataru")
    kept.write_text(release if spoilt == "another release" else spoilt, encoding="utf-8")
    national_days.cache_clear()
    assert calendar(open_place(), 2026) == first
    assert kept.read_text(encoding="utf-8") == text
