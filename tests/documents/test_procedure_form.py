"""The official form and the pocket checklist: every shipped procedure, both papers, both languages, any size."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.documents.reading import assert_archival, pages_of, said_by
from vcops import locale
from vcops.documents.press import Press
from vcops.documents.procedure_form import PrintedProcedure, form_rows, pocket_pdf, procedure_pdf
from vcops.domain.people import Office
from vcops.domain.procedures import Procedure
from vcops.handbook import open_handbook

SHIPPED = open_handbook(Path("/nowhere")).procedures
OFFICE = Office(name="Dinas Komunikasi dan Informatika", address="Jl. Contoh 1\nKota Contoh")
DAY = date(2026, 11, 23)


def printed(procedure: Procedure) -> PrintedProcedure:
    return PrintedProcedure(procedure, OFFICE, DAY)


def procedure(steps: int = 3, executors: int = 2, **more: Any) -> Procedure:
    """A procedure of so many steps, each by another executor than the one before."""
    names = [f"p{place}" for place in range(executors)]
    return Procedure.model_validate({
        "id": "own", "version": "1", "title": "SOP kantor",
        "executors": [{"id": name, "title": f"Pelaksana {name}"} for name in names],
        "phases": [{"id": "a", "title": "Tahap", "steps": [
            {"id": f"s{place}", "title": f"Langkah ke-{place}", "executors": [names[place % executors]], "minutes": 5}
            for place in range(1, steps + 1)
        ]}],
    } | more)  # fmt: skip


def squeezed(text: str) -> str:
    """A word may be broken over two lines of a narrow column."""
    return text.replace(" ", "").lower()


@pytest.mark.parametrize("tongue", ["id", "en"])
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_procedure_prints_whole(name: str, tongue: str) -> None:
    locale.use(tongue)
    one = SHIPPED[name]
    pdf = procedure_pdf(Press(), printed(one))
    assert_archival(pdf, tongue, "20261123")
    shown = squeezed(said_by(pdf))
    for step in one.steps():
        assert squeezed(step.title.said(tongue)) in shown
    for executor in one.executors:
        assert squeezed(executor.title.said(tongue)) in shown
    for wanted in {"id": ("Mutu baku", "Dasar hukum", "Disahkan oleh"), "en": ("Quality standard",)}[tongue]:
        assert squeezed(wanted) in shown


@pytest.mark.parametrize("tongue", ["id", "en"])
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_procedure_fits_the_pocket(name: str, tongue: str) -> None:
    locale.use(tongue)
    one = SHIPPED[name]
    pages = pages_of(pocket_pdf(Press(), printed(one)))
    assert len(pages) == 1
    for step in one.steps():
        assert squeezed(step.title.said(tongue)) in squeezed(pages[0])


def test_deadlines_in_the_pocket_are_words() -> None:
    locale.use("id")
    shown = said_by(pocket_pdf(Press(), printed(SHIPPED["video-conference"])))
    assert "60 menit sebelum mulai" in shown
    assert "1 hari kerja sebelum mulai" in shown
    assert "H-" not in shown
    assert "tanggal 2 pukul 16.00" in said_by(pocket_pdf(Press(), printed(SHIPPED["monthly-closing"])))


@pytest.mark.parametrize(("size", "width", "height"), [("a4", 297, 210), ("f4", 330, 215)])
def test_the_form_lies_on_its_side_on_the_paper_asked_for(size: str, width: int, height: int) -> None:
    for page in PdfReader(io.BytesIO(procedure_pdf(Press(), printed(procedure()), size))).pages:
        assert round(float(page.mediabox.width) / 72 * 25.4) == width
        assert round(float(page.mediabox.height) / 72 * 25.4) == height


def test_the_same_form_twice_is_the_same_file_dated_by_its_cover() -> None:
    one = procedure(cover={"number": "065/12/ORG", "made": "2026-01-05", "revised": "2026-06-01", "approved_by": {
        "position": "Kepala Dinas", "name": "Nama Pejabat", "nip": "197001011990031001"}})  # fmt: skip
    first, second = procedure_pdf(Press(), printed(one)), procedure_pdf(Press(), PrintedProcedure(one, OFFICE, DAY))
    assert first == second
    assert_archival(first, "en", "20260601")
    shown = said_by(first)
    for wanted in ("065/12/ORG", "5 January 2026", "1 June 2026", "Kepala Dinas", "Nama Pejabat", "197001011990031001"):
        assert wanted in shown


def test_what_the_cover_does_not_state_is_not_made_up() -> None:
    cover = pages_of(procedure_pdf(Press(), printed(procedure())))[0]
    assert "2026" not in cover
    assert "None" not in cover


@pytest.mark.parametrize("steps", [1, 2, 60, 200])
def test_any_number_of_steps(steps: int) -> None:
    pages = pages_of(procedure_pdf(Press(), printed(procedure(steps, executors=7))))
    for place in range(1, steps + 1):
        assert f"Langkahke-{place}" in "".join(pages).replace(" ", "")
    for place, page in enumerate(pages[1:-1]):
        letter = chr(ord("A") + place)
        assert letter in page.split(), "the connector at the end of a page"
        assert letter in pages[place + 2].split(), "and the same at the start of the next"
    assert len(pages_of(pocket_pdf(Press(), printed(procedure(steps))))) == 1


@pytest.mark.parametrize("executors", [1, 12, 20])
def test_any_number_of_executors(executors: int) -> None:
    shown = squeezed(said_by(procedure_pdf(Press(), printed(procedure(25, executors)))))
    for place in range(executors):
        assert f"p{place}" in shown


@pytest.mark.parametrize("text", ["Rapat koordinasi " * 150, "tanpaspasi" * 60, "#panic() *x* $ [/b] @a"])
def test_titles_of_any_length_and_kind(text: str) -> None:
    step = {"id": "s", "title": text, "executors": ["p0"], "needs": [text, text], "output": text, "remarks": text}
    one = procedure(title=text, phases=[{"id": "a", "title": text, "steps": [step]}])
    for make in (procedure_pdf, pocket_pdf):
        assert squeezed(text)[:200] in squeezed(said_by(make(Press(), printed(one))))


# -- what the flow is drawn from ------------------------------------------------------------------------------------


def test_the_flow_begins_and_ends_in_a_capsule_and_forks_at_decisions() -> None:
    rows = [row for row in form_rows(SHIPPED["video-conference"]) if row.shape != "phase"]
    assert (rows[0].shape, rows[-1].shape) == ("end", "end")
    assert [row.number for row in rows] == [str(place) for place in range(1, len(rows) + 1)]
    decisions = {row.title.lower(): row for row in rows if row.shape == "decision"}
    gate = decisions["go or no-go"]
    supervisor = [one.id for one in SHIPPED["video-conference"].executors].index("supervisor")
    assert gate.columns == (supervisor,)
    first_awaited = next(row for row in rows if row.title == "Check power and cables")
    assert gate.back == first_awaited.number
    assert decisions["decide on the request"].back == ""


def test_a_decision_that_names_nobody_is_whoever_did_the_step_before() -> None:
    gate = {"id": "g", "title": "Siap?"}
    steps = [{"id": "s", "title": "Langkah", "executors": ["p1"]}]
    rows = form_rows(procedure(phases=[{"id": "a", "title": "Tahap", "steps": steps, "gate": gate}]))
    assert (rows[-2].shape, rows[-2].columns) == ("decision", (1,))
    assert (rows[-1].shape, rows[-1].columns, rows[-1].number) == ("end", (1,), "")


def test_what_holds_for_some_meetings_only_is_said() -> None:
    step = {
        "id": "s", "title": "Langkah", "executors": ["p0"], "required": False, "minutes": 450, "deadline": "-14wd",
        "when": {"kind": ["hosted", "unstated"], "mode": ["online", "hybrid"], "participants_over": 100},
        "unless": {"service": ["vip"], "backup_link": True},
    }  # fmt: skip
    row = form_rows(procedure(phases=[{"id": "a", "title": "Tahap", "steps": [step]}]))[1]
    assert row.time == "7 hours 30 minutes"
    assert row.remarks == (
        "By: 14 working days before the start.",
        "Only: hosted, online/hybrid, over 100 people; not: VIP, with a backup link.",
        "Optional.",
    )
