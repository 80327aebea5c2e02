"""Closing a month, on SQLite and PostgreSQL: what it lacks, what it keeps, and that it stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.lab.clocks import SetClock
from tests.operations.test_tallies import log
from vcops.domain.closings import Answer, written_code
from vcops.domain.completeness import Unfinished
from vcops.domain.periods import Period
from vcops.domain.tally import Tally
from vcops.errors import Conflict, InvalidInput, Refused
from vcops.operations import closing, corrections, journal, meetings, tallies, tariffs, verifying
from vcops.operations.workplace import Workplace

OCTOBER = Period.month("2026-10")
NO_REPORT = Answer("reconciled", "tidak ada laporan penyedia")


def held(workplace: Workplace, day: int = 5, **texts: str) -> Any:
    """Add a meeting of October 2026 that lacks nothing but a provider's report."""
    usual = {
        "date": f"2026-10-{day:02}", "start": "09:00", "end": "10:00", "title": f"Rapat {day}", "unit": "Bidang A",
        "participants": "40", "kind": "hosted",
    }  # fmt: skip
    return meetings.add(workplace, usual | texts)


def october(workplace: Workplace) -> list[Any]:
    tariffs.adopt(workplace, "kalbar-2020", date(2026, 1, 1))
    return [held(workplace, day) for day in (5, 6, 7)]


def test_an_incomplete_month_is_listed_and_stays_open(any_workplace: Workplace) -> None:
    held(any_workplace, 5)
    held(any_workplace, 6, unit="", participants="", end="")
    with pytest.raises(Unfinished) as caught:
        closing.close(any_workplace, OCTOBER)
    assert dict(caught.value.found.kinds) == {"end": 1, "unit": 1, "reconciled": 1}
    assert closing.closing_of(any_workplace, OCTOBER) is None
    with pytest.raises(Unfinished) as caught:
        closing.close(any_workplace, OCTOBER, [NO_REPORT])
    assert [(one.what, one.title) for one in caught.value.left] == [("end", "Rapat 6"), ("unit", "Rapat 6")]
    with pytest.raises(InvalidInput):
        closing.close(any_workplace, OCTOBER, [NO_REPORT, Answer("traveller", "x")])
    made = closing.close(any_workplace, OCTOBER, [NO_REPORT, Answer("end", "lupa"), Answer("unit", "tamu")])
    assert [one.what for one in made.answers] == ["reconciled", "end", "unit"]
    assert (made.month, made.closed_by, made.code[:8]) == (202610, "Sari", "2026-10-")
    assert verifying.verify(any_workplace, OCTOBER).intact
    assert verifying.verify_text(any_workplace, made.code.lower().replace("-", " ")).intact
    assert journal.verify(any_workplace).intact


def test_a_month_is_closed_once_and_when_it_is_over(any_workplace: Workplace, clock: SetClock) -> None:
    with pytest.raises(Conflict) as early:
        closing.close(any_workplace, Period.month("2026-11"))
    assert early.value.code == "closing.not_over"
    closing.close(any_workplace, OCTOBER)  # nothing was held
    with pytest.raises(Refused) as twice:
        closing.close(any_workplace, OCTOBER)
    assert twice.value.code == "closing.already"
    with pytest.raises(Conflict) as unclosed:
        verifying.verify(any_workplace, Period.month("2026-09"))
    assert unclosed.value.code == "closing.open"


def test_what_runs_over_midnight_is_ended_first(any_workplace: Workplace, clock: SetClock) -> None:
    clock.now = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)
    running = meetings.start(any_workplace, texts={"title": "Sampai pagi", "unit": "A"})
    clock.now = datetime(2026, 10, 31, 18, 0, tzinfo=UTC)
    with pytest.raises(Conflict) as caught:
        closing.close(any_workplace, OCTOBER, [Answer("", "ya")])
    assert caught.value.code == "closing.running"
    meetings.end(any_workplace, running.id)
    assert closing.close(any_workplace, OCTOBER, [Answer("", "ya")]).month == 202610


def test_every_change_of_a_closed_month_is_refused(any_workplace: Workplace) -> None:
    one = october(any_workplace)[0]
    closing.close(any_workplace, OCTOBER, [NO_REPORT])
    before = meetings.details(any_workplace, one.id)
    for deed in (
        lambda: meetings.edit(any_workplace, one.id, {"participants": "400"}),
        lambda: meetings.edit(any_workplace, one.id, {"date": "2026-11-05"}),
        lambda: meetings.count(any_workplace, one.id, online=400),
        lambda: meetings.incident(any_workplace, one.id, started_at=one.started_at, recovered_at=one.ended_at),
        lambda: held(any_workplace, 8),
    ):
        with pytest.raises(Refused) as caught:
            deed()
        assert (caught.value.code, caught.value.params) == ("closing.closed", {"month": 202610})
    assert meetings.details(any_workplace, one.id) == before
    meetings.edit(any_workplace, one.id, {"evidence": "map/foto-5.jpg"})
    assert verifying.verify(any_workplace, OCTOBER).intact
    held(any_workplace, 5, date="2026-11-05")
    assert journal.verify(any_workplace).intact


def test_a_file_with_a_new_row_of_a_closed_month_is_refused_whole(any_workplace: Workplace, tmp_path: Path) -> None:
    from vcops.operations.exchange import export_meetings, import_meetings

    october(any_workplace)
    closing.close(any_workplace, OCTOBER, [NO_REPORT])
    export_meetings(any_workplace, tmp_path / "same.csv", OCTOBER)
    assert import_meetings(any_workplace, tmp_path / "same.csv").already_there == 3
    more = tmp_path / "more.csv"
    more.write_text("date,start,title\n2026-11-02,09.00,Baru\n2026-10-12,09.00,Terlupa\n", encoding="utf-8")
    for dry_run in (True, False):
        with pytest.raises(Refused) as caught:
            import_meetings(any_workplace, more, dry_run=dry_run)
        assert (caught.value.code, caught.value.params["title"]) == ("closing.closed_row", "Terlupa")
    assert len(meetings.listing(any_workplace)) == 3


def test_a_later_tariff_changes_no_closed_month(any_workplace: Workplace) -> None:
    october(any_workplace)
    closing.close(any_workplace, OCTOBER, [NO_REPORT])
    before = tallies.tally(any_workplace, OCTOBER)
    assert before.totals[0].gross == 3 * 21_500_000
    tariffs.type_in(any_workplace, {
        "title": "Baru", "basis": "SK", "travel": "1", "catering": "2", "method": "flat",
    }, date(2026, 9, 1))  # fmt: skip
    held(any_workplace, 5, date="2026-11-05")
    assert tallies.tally(any_workplace, OCTOBER) == before
    year = tallies.tally(any_workplace, Period.year("2026"), by="month")
    assert [(one.tariff.id, one.gross) for one in year.totals] == [("kalbar-2020", 64_500_000), ("baru-2026", 3)]


def test_a_unit_that_is_renamed_keeps_its_name_in_a_closed_month(any_workplace: Workplace) -> None:
    from vcops.operations import reports, savings
    from vcops.store.tables import Unit

    one, *_others = october(any_workplace)
    held(any_workplace, 5, date="2026-11-05")
    closing.close(any_workplace, OCTOBER, [NO_REPORT])
    before = tallies.tally(any_workplace, OCTOBER, by="unit")
    with any_workplace.store.writing("test") as change:
        change.update(Unit, one.unit_id, {"name": "Bidang Baru"})
    assert tallies.tally(any_workplace, OCTOBER, by="unit") == before
    assert [line.unit for line in reports.over(any_workplace, OCTOBER).lines] == ["Bidang A"] * 3
    assert len(savings.behind(any_workplace, OCTOBER, "unit", "Bidang A")[0]) == 3
    november = Period.month("2026-11")
    assert [row.key for row in tallies.tally(any_workplace, november, by="unit").rows] == ["Bidang Baru"]
    assert len(savings.behind(any_workplace, november, "unit", "Bidang Baru")[0]) == 1
    assert verifying.verify(any_workplace, OCTOBER).intact


def test_a_correction_keeps_tariff_and_year_and_is_told_on_both(any_workplace: Workplace, clock: SetClock) -> None:
    wrong, *_others = october(any_workplace)
    closing.close(any_workplace, OCTOBER, [NO_REPORT])
    clock.now = datetime(2027, 1, 4, 2, 0, tzinfo=UTC)
    tariffs.type_in(any_workplace, {
        "title": "Baru", "basis": "SK", "travel": "1", "catering": "2", "method": "flat",
    }, date(2027, 1, 1))  # fmt: skip
    done = corrections.correct(any_workplace, wrong.id, "salah hitung", {"participants": "4"})
    assert done.replaced_by is not None
    assert (done.belongs_to, done.booked_day, done.replaced_by.held_day) == (202610, 20270104, 20261005)
    tally = tallies.tally(any_workplace, OCTOBER)
    assert (tally.meetings, tally.participants) == (3, 120)
    assert [(one.kind.value, one.participants, one.gross) for one in tally.adjustments] == [
        ("reversal", -40, -21_500_000), ("late", 4, 21_500_000),
    ]  # fmt: skip
    assert tally.after is not None
    assert (tally.after.meetings, tally.after.participants) == (3, 84)
    assert [(one.tariff.id, one.year, one.gross) for one in tally.after.totals] == [("kalbar-2020", 2026, 64_500_000)]
    january = tallies.tally(any_workplace, Period.month("2027-01"))
    assert (january.meetings, january.after, len(january.booked_here)) == (0, None, 2)
    assert {one.saving.year for one in january.booked_here} == {2026}
    found = closing.closing_of(any_workplace, OCTOBER)
    assert found is not None
    assert found.corrected
    assert verifying.verify(any_workplace, OCTOBER).intact
    with pytest.raises(Conflict) as caught:
        corrections.correct(any_workplace, wrong.id, "lagi")
    assert caught.value.code == "correction.done"


def test_a_late_entry_names_its_month(any_workplace: Workplace) -> None:
    october(any_workplace)
    texts = {"date": "2026-10-09", "start": "13:00", "end": "15:00", "title": "Terlupa", "participants": "12"}
    with pytest.raises(Conflict):
        corrections.add_late(any_workplace, texts)
    closing.close(any_workplace, OCTOBER, [NO_REPORT])
    late = corrections.add_late(any_workplace, texts)
    assert (late.belongs_to, late.local_day, late.held_day) == (202610, 20261123, 20261009)
    tally: Tally = tallies.tally(any_workplace, OCTOBER)
    assert tally.after is not None
    assert (tally.meetings, tally.after.meetings, tally.after.totals[0].gross) == (3, 4, 4 * 21_500_000)
    assert tallies.tally(any_workplace, Period.month("2026-11")).meetings == 0
    edited = meetings.edit(any_workplace, late.id, {"date": "2026-10-12"})
    assert (edited.belongs_to, edited.local_day, edited.held_day) == (202610, 20261123, 20261012)
    with pytest.raises(InvalidInput):
        meetings.edit(any_workplace, late.id, {"date": "2026-11-12"})
    assert verifying.verify(any_workplace, OCTOBER).intact


def test_a_correction_needs_a_reason_a_closed_month_and_a_counted_meeting(any_workplace: Workplace) -> None:
    one, *_others = october(any_workplace)
    planned = meetings.plan(any_workplace, {"date": "2026-10-20", "start": "09:00", "title": "Batal", "unit": "A"})
    for reason, code in (("  ", "correction.no_reason"), ("x", "correction.month_open")):
        with pytest.raises((Conflict, InvalidInput)) as caught:
            corrections.correct(any_workplace, one.id, reason)
        assert caught.value.code == code
    closing.close(any_workplace, OCTOBER, [Answer("", "ya")])
    with pytest.raises(Conflict) as caught:
        corrections.correct(any_workplace, planned.id, "x")
    assert caught.value.code == "correction.not_counted"


def test_number_date_and_signed_pdf_follow(any_workplace: Workplace, tmp_path: Path) -> None:
    october(any_workplace)
    with pytest.raises(Conflict):
        closing.follow(any_workplace, OCTOBER, number="1")
    made = closing.close(any_workplace, OCTOBER, [NO_REPORT])
    done = closing.follow(any_workplace, OCTOBER, number=" 007/LAP ", signed_on=date(2026, 11, 3))
    assert (done.number, done.signed_on, done.digest) == ("007/LAP", 20261103, made.digest)
    signed = tmp_path / "signed.pdf"
    signed.write_bytes(b"%PDF-1.7\n" + made.code.encode() + b"\nwith a signature")
    assert closing.file_away(any_workplace, OCTOBER, signed).signed_sha256
    found = verifying.verify_file(any_workplace, signed)
    assert (found.intact, found.filed, found.code) == (True, True, made.code)
    signed.write_bytes(signed.read_bytes() + b"!")
    assert verifying.verify_file(any_workplace, signed).filed is False
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF-1.7\n" + written_code(202609, made.digest).encode())
    with pytest.raises(InvalidInput) as caught:
        closing.file_away(any_workplace, OCTOBER, other)
    assert caught.value.code == "closing.other_code"
    other.write_bytes(b"%PDF-1.7\n nothing")
    with pytest.raises(InvalidInput):
        verifying.verify_file(any_workplace, other)
    assert verifying.verify(any_workplace, OCTOBER).intact
    assert journal.verify(any_workplace).intact


def test_a_restore_goes_back_past_a_closing(
    any_workplace: Workplace, open_place: Callable[..., Workplace], tmp_path: Path
) -> None:
    from vcops.operations import databases

    october(any_workplace)
    open_still = databases.back_up(any_workplace, tmp_path / "open.db")
    closing.close(any_workplace, OCTOBER, [NO_REPORT])
    closed = databases.back_up(any_workplace, tmp_path / "closed.db")
    databases.restore(any_workplace, open_still)
    assert closing.closing_of(any_workplace, OCTOBER) is None
    databases.restore(any_workplace, closed)
    assert verifying.verify(any_workplace, OCTOBER).intact
    copy = open_place(home=tmp_path / "elsewhere", database=f"sqlite:///{closed}")
    assert verifying.verify(copy, OCTOBER).intact
    with pytest.raises(Refused):
        log(copy, [{"title": "x", "local_day": 20261001}])
