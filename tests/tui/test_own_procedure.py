"""An office types its own signed SOP: a new file, slips told by line, the official form, the walk to its decision."""

from __future__ import annotations

from pathlib import Path

from tests.lab.command import CommandLine
from tests.tui.harness import opened, press, settled, text_on
from tests.tui.walks import prepare, the_run
from vcops.domain.runs import Ready, Standing
from vcops.operations import directory
from vcops.operations.workplace import Workplace

SIGNED = """\
# Disalin dari SOP bertanda tangan, lembar 1 dan 2.
procedure:
  id: rapat-dinas
  version: "1"
  title: Penyelenggaraan rapat daring dinas
  purpose: Rapat daring dinas berjalan tepat waktu.
  counts_from: start
  cover:
    number: 000.8.3.3/12/2026
    made: 2026-01-05
    effective: 2026-02-01
    approved_by: {position: Kepala Dinas, name: "", nip: "197001011995031002"}
    legal_basis:
      - PermenPANRB Nomor 35 Tahun 2012
    qualification: [Memahami aplikasi rapat daring]
    equipment: [Laptop, kamera, mikrofon]
  executors:
    - {id: kabid, title: Kepala Bidang}
    - {id: operator, title: Operator}
  phases:
    - id: persiapan
      title: Persiapan
      steps:
        - id: surat
          title: Menerima surat permohonan
          executors: [kabid]
          needs: [Surat permohonan]
          minutes: 10
          output: Disposisi
          record: {kind: text, label: Nomor surat}
        - id: perangkat
          title: Menyalakan perangkat ruang
          executors: [operator]
          minutes: 15
          output: Perangkat menyala
          remarks: Bergantian tiap pekan
        - id: uji-suara
          title: Menguji suara dengan ruang lain
          executors: [operator]
          minutes: 5
          record: {kind: choice, label: Terdengar?, choices: [Jelas, {id: Tidak terdengar, verdict: fail}]}
      gate: {id: siap, title: Rapat dapat dimulai, executors: [kabid]}
    - id: sesudah
      title: Sesudah rapat
      steps:
        - {id: berita-acara, title: Menyusun berita acara, executors: [operator, kabid], minutes: 30}
"""
SLIPS = (
    ("          executors: [operator]\n          minutes: 15", "          executor: [operator]\n          minutes: 15"),
    ("counts_from: start", "counts_from: mulai"),
    ("          minutes: 10", "          minutes: sepuluh"),
)


def typed(vcops: CommandLine, text: str) -> Path:
    """Type the SOP over the file that `sop new` has made."""
    file = Path(vcops.home) / "handbook" / "rapat-dinas.yaml"
    file.write_text(text, encoding="utf-8")
    return file


async def test_a_signed_sop_is_typed_printed_and_walked_to_its_decision(
    vcops: CommandLine, workplace: Workplace, tmp_path: Path
) -> None:
    workplace.memory.keep(first_run="skipped")
    directory.add_room(workplace, {"name": "Ruang Rapat Dinas"})
    file = vcops("sop", "new", "rapat-dinas", lang="id").out.strip()
    assert vcops("sop", "validate", file).status == 0, "what begins an office's file has no faults itself"

    faulty = SIGNED
    for right, wrong in SLIPS:
        assert right in faulty
        faulty = faulty.replace(right, wrong, 1)
    typed(vcops, faulty)
    told = vcops("sop", "validate", file, lang="id")
    assert told.status == 2
    for slip, word in (("executor:", "executors"), ("mulai", "start"), ("sepuluh", "sepuluh")):
        line = next(at for at, text in enumerate(faulty.splitlines(), start=1) if slip in text)
        assert any(f"baris {line}," in one and word in one for one in told.err.splitlines()), told.err

    typed(vcops, SIGNED)
    assert vcops("sop", "validate", file).status == 0
    form, pocket = tmp_path / "form.pdf", tmp_path / "pocket.pdf"
    assert vcops("sop", "print", "rapat-dinas", "--pdf", form).status == 0
    assert vcops("sop", "print", "rapat-dinas", "--pdf", pocket, "--pocket").status == 0
    assert form.read_bytes().startswith(b"%PDF")

    async with opened(workplace, size=(80, 24), language="id") as (app, pilot):
        place = await prepare(app, pilot)
        await press(pilot, "p")
        assert "1  Penyelenggaraan rapat daring dinas (milik kantor)" in text_on(app)
        assert "Dikerjakan untuk: Ruang Rapat Dinas" in text_on(app)
        await press(pilot, "1")
        assert "0 dari 3 sebelum keputusan" in text_on(app)
        await press(pilot, "enter", *"005/12", "enter")
        await press(pilot, "enter")
        await press(pilot, "enter", "2")
        shown = text_on(app)
        assert "2 dari 3 sebelum keputusan, 1 bermasalah" in shown
        await press(pilot, "g")
        assert "1 langkah masih menghalangi" in text_on(app)
        assert "Ukur semua" not in text_on(app), "nothing here is measured"
        await press(pilot, "r", "1")
        await settled(pilot)
        assert "✓ Tidak ada yang menghalangi." in text_on(app)
        await press(pilot, "enter")
        run = await the_run(app)
        assert place.view.key == "berita-acara"
    assert (run.procedure.id, run.started_by) == ("rapat-dinas", "Sari")
    assert [one.ready for one in run.decisions] == [Ready.READY]
    assert [run.standing(one) for one in ("surat", "perangkat", "uji-suara")] == [Standing.PASS] * 3
    assert run.room_id == directory.rooms(workplace)[0].id


async def test_another_procedure_is_walked_for_the_meeting_under_the_cursor(workplace: Workplace) -> None:
    from tests.tui.walks import furnished

    meeting_id = furnished(workplace)
    async with opened(workplace, size=(80, 24)) as (app, pilot):
        place = await prepare(app, pilot)
        place.table.turn_to(f"meeting:{meeting_id}")
        await press(pilot, "p")
        shown = text_on(app)
        assert "It is walked for: Rapat kerja, Ruang Utama" in shown
        assert "Short procedure" not in shown, "the usual one has Enter"
        await press(pilot, "escape")
        assert place.walked is None
        await press(pilot, "p")
        at = next(line for line in text_on(app).splitlines() if "When the link dies" in line)
        await press(pilot, next(letter for letter in at if letter.isdigit()))
        assert "When the link dies" in text_on(app).splitlines()[3]
        assert "g Decision" not in text_on(app).splitlines()[-1], "there is none in it"
        await press(pilot, "enter", "left")
        shown = text_on(app)
        assert "When the link dies" in shown
        assert "Planned meetings" in shown, "its own walk is still to come"
        run = await the_run(app)
    assert (run.procedure.id, run.meeting_id) == ("link-failover", meeting_id)
