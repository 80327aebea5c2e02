"""Tally: the figures are the command line's, amounts stand with their tariff, and a tariff can be adopted or tried."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.lab.command import CommandLine, Forker
from tests.lab.cups import missing_cups, running_cups
from tests.lab.tariffs import ITEMISED
from tests.operations.test_savings import offer
from tests.tui.harness import opened, press, settled, text_on
from vcops import locale
from vcops.domain.periods import Period
from vcops.formats import number, rupiah, rupiah_in_words
from vcops.locale import _
from vcops.operations import meetings, tariffs
from vcops.operations.exchange import import_meetings
from vcops.operations.savings import chart
from vcops.operations.tallies import tally
from vcops.operations.workplace import Workplace
from vcops.tui.tally.chart import chart_lines
from vcops.tui.tally.place import TallyPlace
from vcops.tui.tally.rows import bar, heading, row_lines
from vcops.tui.tally.summary import summary
from vcops.tui.tally.tariffs import TariffDialog
from vcops.tui.tally.view import GROUPINGS, View
from vcops.tui.widgets.choice import Choice
from vcops.tui.widgets.sheet import drawn
from vcops.wording.terms import key_name

HOSTILE = "[/] [b]Dinas[/b] a [/x] c [@click=app.quit]keluar[/]"


def import_them(workplace: Workplace, folder: Path, rows: list[dict[str, object]]) -> None:
    file = folder / "meetings.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ["date", "start", "end", "title", "unit", "kind", "participants"])
        writer.writeheader()
        writer.writerows({"start": "09.00", "end": "10.00", "kind": "hosted", **one} for one in rows)
    import_meetings(workplace, file)


def west_kalimantan(workplace: Workplace, folder: Path) -> None:
    """395 meetings of 100 people from March to October 2020, the document's figures."""
    days = [f"2020-{month:02}-{day:02}" for month in range(3, 11) for day in range(1, 29)]
    import_them(
        workplace,
        folder,
        [
            {"date": days[place % len(days)], "title": f"Rapat {place}", "unit": "Biro Umum", "participants": 100}
            for place in range(395)
        ],
    )


async def typed(pilot: Pilot[object], name: str, text: str) -> None:
    pilot.app.screen.query_one(f"#field-{name}", Input).value = text
    await settled(pilot)


async def look(pilot: Pilot[object], view: View) -> None:
    pilot.app.query_one(TallyPlace).view = view  # type: ignore[attr-defined]
    await settled(pilot)


# -- figures --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["id", "en"])
async def test_every_figure_is_the_command_lines(example: Workplace, forker: Forker | None, language: str) -> None:
    async with opened(example, (160, 60), language) as (app, pilot):
        await press(pilot, "5", "y")
        shown = [" ".join(line.split()) for line in text_on(app).splitlines()]
        rows = {}
        for by in GROUPINGS:
            await look(pilot, View(Period.year("2026"), by))
            rows[by] = " ".join(text_on(app).split())
        said = CommandLine(example.places.config, forker)
        whole = said("tally", "--year", "2026", "--json").json
        (total,) = whole["totals"]
        everything = "\n".join(shown)
        for amount in (total["gross"], total["net"], *(one["amount"] for one in total["components"])):
            assert rupiah(amount) in everything
        for count in (whole["meetings"], whole["participants"], whole["hosted"], whole["attended"], whole["unstated"]):
            assert number(count) in everything
        assert rupiah_in_words(total["net"], language) in " ".join(shown)
        for by in GROUPINGS:
            for row in said("tally", "--year", "2026", "--by", by, "--json").json["rows"]:
                net = rupiah(row["totals"][0]["net"])
                line = f"{key_name(by, row['key'])} {number(row['meetings'])} {number(row['participants'])} {net}"
                assert line in rows[by], f"{by}: {line}"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("id", ("tidak dihitung", "Estimasi biaya yang dihindari; bukan realisasi atau sisa anggaran", "SIMULASI")),
        ("en", ("not counted", "Estimate of the avoided cost; not a realisation and not a budget balance", "WHAT-IF")),
    ],
)
async def test_west_kalimantans_figures_as_a_what_if(
    empty_office: Workplace, tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    west_kalimantan(empty_office, tmp_path)
    async with opened(empty_office, (80, 40), language) as (app, pilot):
        await press(pilot, "5")
        await look(pilot, View(Period.between("2020-03", "2020-10"), "month"))
        assert "Rp" not in text_on(app)
        assert _("No tariff yet") in text_on(app)
        await press(pilot, "t", "w")
        shown = text_on(app)
        for part in ("395", number(39500), "Rp5.925.000.000", "Rp2.567.500.000", "Rp8.492.500.000", *words):
            assert part in shown
        assert rupiah_in_words(8_492_500_000, language) in " ".join(shown.split())
        await press(pilot, "escape")
        assert "Rp" not in text_on(app)
    assert tariffs.adoptions(empty_office) == []


async def test_two_tariffs_are_never_added_up(empty_office: Workplace, tmp_path: Path) -> None:
    held: list[dict[str, object]] = [
        {"date": day, "title": day, "unit": "Biro Umum", "participants": 10} for day in ("2026-02-02", "2026-08-03")
    ]
    import_them(empty_office, tmp_path, held)
    tariffs.adopt(empty_office, "kalbar-2020", date(2026, 1, 1))
    own = {"title": "SSH 2026", "basis": "Pergub 1/2026", "travel": "1.000.000"}
    tariffs.type_in(empty_office, own, date(2026, 7, 1))
    found = tally(empty_office, Period.year("2026"), by="unit")
    text = "\n".join(drawn(row).plain for row in [*summary(found, 76), *heading(found, 76), *row_lines(found, 76)])
    assert "Rp21.500.000" in text
    assert "Rp1.000.000" in text
    assert "Rp22.500.000" not in text
    assert [line.split()[:3] for line in text.splitlines() if line.startswith("Biro Umum")] == [["Biro", "Umum", "2"]]


@pytest.mark.parametrize("width", [76, 116, 196])
def test_no_line_is_wider_than_its_place(example: Workplace, width: int) -> None:
    for by in GROUPINGS:
        found = tally(example, Period.year("2026"), by=by)
        for row in [*summary(found, width, what_if=True), *heading(found, width), *row_lines(found, width)]:
            assert drawn(row).cell_length <= width


def test_bars_are_to_scale() -> None:
    assert bar(10, 10, 8) == "━" * 8
    assert bar(5, 10, 8) == "━" * 4
    assert bar(1, 1000, 8) == "╸"
    assert [bar(0, 10, 8), bar(5, 0, 8), bar(5, 10, 0)] == ["", "", ""]


# -- what is looked at ----------------------------------------------------------------------------------------


def test_lengths_of_periods() -> None:
    view = View(Period.month("2026-08"))
    today = date(2026, 11, 23)
    assert view.spanning("quarter", today).period == Period.quarter("2026-3")
    assert view.spanning("semester", today).period == Period.semester("2026-2")
    assert view.spanning("year", today).period == Period.year("2026")
    assert View(Period.year("2026")).spanning("month", today).period == Period.month("2026-11")
    assert View(Period.year("2025")).spanning("month", today).period == Period.month("2025-12")
    assert View(Period.quarter("2025-1")).current(today).period == Period.quarter("2026-4")


async def test_keys_choose_the_period(example: Workplace) -> None:
    async with opened(example, (80, 24), "id") as (app, pilot):
        for keys, title in (
            (("5",), "November 2026"),
            (("left_square_bracket",), "Oktober 2026"),
            (("q",), "Triwulan IV 2026"),
            (("left_square_bracket",), "Triwulan III 2026"),
            (("h",), "Semester II 2026"),
            (("y",), "Tahun 2026"),
            (("left_square_bracket", "right_square_bracket", "right_square_bracket"), "Tahun 2027"),
            (("full_stop", "m"), "November 2026"),
        ):
            await press(pilot, *keys)
            assert f"[ {title} ]" in text_on(app)


async def test_grouping_goes_round_and_back(example: Workplace) -> None:
    async with opened(example, (120, 40)) as (app, pilot):
        await press(pilot, "5", "y", "b")
        assert "Ruang Rapat Utama" in text_on(app)
        await press(pilot, "b")
        months = [text_on(app).index(name) for name in ("January 2026", "February 2026", "October 2026")]
        assert months == sorted(months)
        await press(pilot, "B")
        assert "Ruang Rapat Utama" in text_on(app)


async def test_rows_come_into_sight_on_a_small_window(example: Workplace) -> None:
    async with opened(example, (80, 24)) as (app, pilot):
        await press(pilot, "5", "y")
        assert "Dinas Pekerjaan Umum" not in text_on(app)
        await press(pilot, "G")
        assert "Dinas Pekerjaan Umum" in text_on(app)
        await press(pilot, "g")
        assert "meetings ended" in text_on(app)


@pytest.mark.parametrize(
    ("language", "words"), [("id", "Belum ada rapat yang selesai"), ("en", "No meeting has ended")]
)
async def test_an_empty_period_names_the_keys(empty_office: Workplace, language: str, words: str) -> None:
    async with opened(empty_office, (80, 24), language) as (app, pilot):
        await press(pilot, "5")
        shown = text_on(app)
    assert words in shown
    assert "[  " in shown
    assert "y  " in shown


async def test_the_language_changes_at_once(example: Workplace) -> None:
    async with opened(example, (120, 40)) as (app, pilot):
        await press(pilot, "5", "y", "ctrl+l")
        assert "rapat selesai" in text_on(app)
        assert "Tahun 2026" in text_on(app)


# -- tariffs --------------------------------------------------------------------------------------------------


async def test_adopting_from_a_day_on(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await press(pilot, "5", "t", "enter")
        assert "example" in text_on(app)
        await typed(pilot, "valid_from", "1 Januari 2020")
        await press(pilot, "ctrl+s")
        assert not isinstance(app.screen, TariffDialog)
    (adoption,) = tariffs.adoptions(empty_office)
    assert (adoption.tariff.id, adoption.valid_from) == ("kalbar-2020", 20200101)


async def test_typing_odd_rupiah(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await press(pilot, "5", "t", "n")
        for name, text in (("title", HOSTILE), ("basis", "Pergub 1/2026"), ("travel", "Rp2,3,4"), ("catering", "")):
            await typed(pilot, name, text)
        await press(pilot, "ctrl+s")
        assert "Rp2,3,4" in text_on(app)
        await typed(pilot, "travel", "Rp15. 000. 000,-")
        await typed(pilot, "catering", "6,5 juta")
        await press(pilot, "ctrl+s")
        await press(pilot, "t")
        assert "[/] [b]Dinas[/b]" in text_on(app)
    (adoption,) = tariffs.adoptions(empty_office)
    assert [one.amount for one in adoption.tariff.components] == [15_000_000, 6_500_000]


async def test_a_day_that_is_none_keeps_the_form(empty_office: Workplace) -> None:
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await press(pilot, "5", "t", "enter")
        await typed(pilot, "valid_from", "besok")
        await press(pilot, "ctrl+s")
        assert "'besok' is not a day; nothing was stored." in " ".join(text_on(app).split())
    assert tariffs.adoptions(empty_office) == []


# -- the report -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_report_is_shown_and_saved(example: Workplace, tmp_path: Path, language: str) -> None:
    text, sheet = tmp_path / "rekap.txt", tmp_path / "rekap.csv"
    async with opened(example, (80, 24), language) as (app, pilot):
        await press(pilot, "5", "left_square_bracket", "p")
        assert ("Oktober 2026" if language == "id" else "October 2026") in text_on(app)
        first = text_on(app)
        await press(pilot, "G")
        assert text_on(app) != first
        for key, file in (("4", text), ("3", sheet)):  # the first from the report, the next from the screen itself
            await press(pilot, "s", key)
            await typed(pilot, "file", str(file))
            await press(pilot, "ctrl+s")
    written = text.read_text(encoding="utf-8")
    found = tally(example, Period.month("2026-10"))
    assert rupiah(found.totals[0].gross) in written
    assert max(len(line) for line in written.splitlines()) <= 80
    assert str(found.totals[0].gross) in sheet.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("key", "start"), [("1", b"%PDF"), ("2", b"PK")])
async def test_the_period_in_view_is_saved_as_it_is_printed(example: Workplace, key: str, start: bytes) -> None:
    async with opened(example, (80, 24), "id") as (app, pilot):
        await press(pilot, "5", "left_square_bracket", "q", "s")
        assert "Triwulan IV 2026" in text_on(app)
        await press(pilot, key, "enter")
        assert "Ditulis" in text_on(app)
    (file,) = Path.home().glob("vcops-2026-10-2026-12.*")
    assert file.read_bytes().startswith(start)


async def test_a_file_is_written_over_only_when_told_to(example: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "rekap.txt"
    file.write_text("keep me", encoding="utf-8")
    async with opened(example, (80, 24)) as (app, pilot):
        await press(pilot, "5", "p", "s", "4")
        await typed(pilot, "file", str(file))
        await press(pilot, "ctrl+s")
        assert "Write over it?" in text_on(app)
        await press(pilot, "n")
        assert file.read_text(encoding="utf-8") == "keep me"
        await press(pilot, "ctrl+s", "y")
    assert file.read_text(encoding="utf-8") != "keep me"


async def test_a_folder_that_is_not_there_keeps_the_form(example: Workplace, tmp_path: Path) -> None:
    async with opened(example, (80, 24)) as (app, pilot):
        await press(pilot, "5", "s", "4")
        await typed(pilot, "file", str(tmp_path / "nowhere" / "rekap.txt"))
        await press(pilot, "ctrl+s")
        assert "rekap.txt" in text_on(app)
        assert app.screen.query_one("#field-file", Input)


@pytest.mark.skipif(bool(missing_cups()), reason=f"not installed: {missing_cups()}")
async def test_it_is_printed_and_what_the_printer_says_is_shown(
    example: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_cups() as cups:
        cups.add("Kertas", "keep:/kertas.prn")
        cups.add("Jeda", "keep:/jeda.prn")
        cups.run("cupsdisable", "-r", "kertas habis", "Jeda")
        monkeypatch.setenv("CUPS_SERVER", cups.server)
        async with opened(example, (100, 30), "id") as (app, pilot):
            await press(pilot, "5", "left_square_bracket", "s", "5")
            await until(pilot, lambda: "Kertas" in text_on(app))
            await press(pilot, "2")
            await until(pilot, lambda: "Printer: tercetak" in text_on(app))
            assert (cups.folder / "kertas.prn").read_bytes().startswith(b"%PDF")
            await press(pilot, "s", "5")
            await until(pilot, lambda: "Jeda" in text_on(app))
            await press(pilot, "1")
            await until(pilot, lambda: "kertas habis" in " ".join(text_on(app).split()))


async def until(pilot: Pilot[object], shown: Callable[[], bool]) -> None:
    """Wait for what comes from outside of the program."""
    for _wait in range(400):
        if shown():
            return
        await pilot.pause(0.05)
    raise AssertionError(text_on(pilot.app))  # type: ignore[arg-type]


# -- names that are not ours ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_hostile_names_are_only_names(empty_office: Workplace, tmp_path: Path, size: tuple[int, int]) -> None:
    import_them(empty_office, tmp_path, [{"date": "2026-11-02", "title": HOSTILE, "unit": HOSTILE, "participants": 3}])
    own = {"title": HOSTILE, "basis": HOSTILE, "travel": "1.000.000"}
    tariffs.type_in(empty_office, own)
    async with opened(empty_office, size) as (app, pilot):
        await press(pilot, "5", "G")
        assert "[/] [b]Dinas[/b] a" in text_on(app)
        await press(pilot, "t")
        assert "[/] [b]Dinas[/b] a" in text_on(app)
        await press(pilot, "escape", "p")
        await press(pilot, "G")
        assert app.is_running


async def test_what_is_still_to_come_is_told_and_casts_no_doubt(empty_office: Workplace, tmp_path: Path) -> None:
    import_them(empty_office, tmp_path, [{"date": "2026-11-02", "title": "Rapat", "unit": "Biro", "participants": 3}])
    texts = {"date": "2026-11-27", "start": "09.00", "end": "10.00", "title": "Nanti"}
    meetings.plan(empty_office, texts)
    async with opened(empty_office, (80, 24)) as (app, pilot):
        await press(pilot, "5")
        assert "1 still to come" in text_on(app)
        assert "lower bound" not in text_on(app)
        meetings.plan(empty_office, {**texts, "date": "2026-11-20"})
        await press(pilot, "f5")
        assert "1 not ended: a lower bound" in text_on(app)


# -- every figure can be opened -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_from_the_total_to_the_regulations_item(example: Workplace, size: tuple[int, int]) -> None:
    async with opened(example, size, "id") as (app, pilot):
        await press(pilot, "5", "left_square_bracket", "j")
        row = next(line for line in text_on(app).splitlines() if "Sekretariat Daerah" in line)
        assert "5" in row.split()
        await press(pilot, "enter")
        shown = text_on(app)
        assert "Sekretariat Daerah · Oktober 2026" in shown
        assert "5 rapat" in shown
        await press(pilot, "enter")
        shown = text_on(app)
        for words in ("Perjalanan dinas", "rapat × Rp15.000.000", "asumsi dokumen", "menurut dokumen layanan rapat"):
            assert words in shown
        assert ESTIMATE in shown
        await press(pilot, "enter")
        assert "Waktu dan tempat" in text_on(app)
        await press(pilot, "escape", "escape", "escape")
        assert isinstance(app.focused, TallyPlace)
        await press(pilot, "escape")
        assert app.query_one(TallyPlace).cursor is None


ESTIMATE = "Estimasi biaya yang dihindari; bukan realisasi atau sisa anggaran"


async def test_an_open_question_is_answered_where_it_is_listed(empty_office: Workplace, tmp_path: Path) -> None:
    offer(empty_office, ITEMISED)
    import_them(empty_office, tmp_path, [{"date": "2026-11-02", "title": HOSTILE, "unit": "Biro", "participants": 3}])
    async with opened(empty_office, (120, 40), "id") as (app, pilot):
        await press(pilot, "5")
        await look(pilot, View(Period.month("2026-11"), "unit", ITEMISED.id))
        assert "tidak dihitung untuk 1 rapat" in text_on(app)
        assert "Bruto, sekurang" not in text_on(app)
        await press(pilot, "i")
        assert "belum dijawab apakah akan diadakan tatap muka" in text_on(app)
        assert "[/] [b]Dinas[/b]" in text_on(app)
        await press(pilot, "enter")
        app.screen.query_one("#field-would_be_face_to_face", Choice).value = "yes"
        app.screen.query_one("#field-outside_agencies", Choice).value = "yes"
        await typed(pilot, "end", "11.30")
        await typed(pilot, "travellers", "2")
        await typed(pilot, "destination", "Jakarta")
        await press(pilot, "ctrl+s")
        assert "Tidak ada yang kurang" in text_on(app)
        await press(pilot, "escape")
        # 2 people x 2 legs x 1.200.000 + 3 heads x (47.000 + 18.000) + the hall
        assert rupiah(4_800_000 + 195_000 + 900_000) in text_on(app)


async def test_two_rooms_entries_become_one_meeting(empty_office: Workplace, tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"date": "2026-11-02", "title": title, "unit": "Biro", "participants": 3} for title in ("Ruang A", "Ruang B")
    ]
    import_them(empty_office, tmp_path, rows)
    for one in meetings.listing(empty_office):
        meetings.edit(empty_office, one.id, {"meeting_number": "812 3456 7890"})
    async with opened(empty_office, (80, 24), "id") as (app, pilot):
        await press(pilot, "5")
        assert "2  rapat selesai" in text_on(app)
        await press(pilot, "i")
        assert "satu rapat?" in " ".join(text_on(app).split())
        await press(pilot, "s", "enter", "escape")
        assert "1  rapat selesai" in text_on(app)
        assert "1 entri diwakili entri ruang lain" in text_on(app)


async def test_months_are_drawn_beside_the_year_before(empty_office: Workplace, tmp_path: Path) -> None:
    import_them(empty_office, tmp_path, [
        {"date": day, "title": day, "unit": "Biro", "participants": 30}
        for day in ("2026-11-02", "2026-11-03", "2025-11-03", "2026-10-05")
    ])  # fmt: skip
    async with opened(empty_office, (80, 24), "id") as (app, pilot):
        await press(pilot, "5")
        assert "Oktober 2026: 1 rapat (+100 %)  ·  November 2025: 1 rapat (+100 %)" in text_on(app)
        await press(pilot, "c")
        line = next(line for line in text_on(app).splitlines() if "November 2026" in line and "tahun lalu" in line)
        assert "tahun lalu: 1 (+100 %)" in line
        assert "━━━" in line
        await press(pilot, "space")
        assert "Peserta per bulan" in text_on(app)
        await press(pilot, "space")
        assert ESTIMATE in text_on(app)


def test_a_month_with_several_tariffs_has_no_bar_of_rupiah(empty_office: Workplace, tmp_path: Path) -> None:
    import_them(empty_office, tmp_path, [
        {"date": day, "title": day, "unit": "Biro", "participants": 30} for day in ("2026-11-02", "2026-11-20")
    ])  # fmt: skip
    tariffs.adopt(empty_office, "kalbar-2020", date(2026, 1, 1))
    tariffs.type_in(empty_office, {"title": "SSH", "basis": "Pergub 1", "travel": "1.000.000"}, date(2026, 11, 15))
    locale.use("id")
    lines = [drawn(row).plain for row in chart_lines(chart(empty_office, Period.month("2026-11")), 2, 96)]
    (november,) = [line for line in lines if line.startswith("November 2026")]
    assert "beberapa tarif" in november
    assert "Rp" not in november


@pytest.mark.parametrize("language", locale.LANGUAGES)
@pytest.mark.parametrize(
    "doubts",
    [{"not_ended": 1}, {"not_ended": 21, "without_count": 13, "no_length": 12, "joined": 17, "to_come": 4}],
)
def test_the_key_that_lists_the_doubts_stands_where_their_sentence_ends(
    empty_office: Workplace, language: str, doubts: dict[str, int]
) -> None:
    locale.use(language)
    found = replace(tally(empty_office, Period.between("2026-11", "2026-11")), **doubts)  # type: ignore[arg-type]
    for width in range(40, 130):
        rows = ["".join(cell.text for cell in row) for row in summary(found, width)]
        (at,) = (place for place, row in enumerate(rows) if row.endswith(f"i {_('list them')}"))
        sentence = next(place for place, row in enumerate(rows) if _("{doubts}: a lower bound").split()[-1] in row)
        assert at >= sentence, width
        assert max(len(row) for row in rows[: at + 1]) <= width
