"""The commented files that an office starts its own pages from: short, valid as they stand, every key explained."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from vcops.handbook.folders import shipped_folder
from vcops.handbook.template_tariff import TARIFF_TEMPLATE

__all__ = ["FOLDERS", "SCHEMA_FILE", "new_page_text"]

SCHEMA_FILE = "schema.json"
"""Beside the office's files, so that an editor completes what is typed."""

FOLDERS = {"procedure": "", "tariff": "tariffs"}
"""Where in the office's folder a new page of a kind lies."""

_TEMPLATE = """\
# Prosedur kantor sendiri. Ganti isinya dengan SOP yang sudah ditandatangani, lalu periksa: vcops sop validate BERKAS.
# Jalankan dengan: vcops run start @ID@. Yang diawali tanda pagar adalah penjelasan, atau contoh yang belum berlaku.
# Teks boleh satu bahasa saja (title: Periksa daya) atau dua ({id: Periksa daya, en: Check power}).
#
# The office's own procedure. Type your signed SOP over it and check it: vcops sop validate FILE. Walk it with:
# vcops run start @ID@. What stands behind a hash is an explanation, or an example not in force yet. A text is plain
# (Indonesian), or in both languages: {id: Periksa daya, en: Check power}.
procedure:
  id: @ID@
  version: "1"                  # teks bebas, dalam tanda kutip; naikkan setiap kali isinya berubah
                                # free text in quotes; raise it whenever the procedure changes
  title: {id: "Judul SOP", en: "Title of the SOP"}
  purpose: {id: "Untuk apa SOP ini.", en: "What it is for."}
  # counts_from: meeting        # batas waktu dihitung dari: meeting (rencana mulai rapat), start (saat pelaksanaan
                                # dimulai), month (tanggal 1 bulan berjalan); tanpa baris ini: meeting
                                # deadlines count from the meeting, the start of the run, or the first of the month

  # Identitas SOP menurut PermenPANRB 35/2012; yang kosong dicetak kosong.
  # The cover that PermenPANRB 35/2012 asks for; what is empty is printed empty.
  cover:
    number: ""                  # nomor SOP
    # made: 2026-01-05          # tanggal pembuatan
    # revised: 2026-06-01       # tanggal revisi
    # effective: 2026-06-15     # tanggal efektif
    # approved_by: {position: "Kepala Dinas", name: "", nip: ""}    # disahkan oleh
    legal_basis:                # dasar hukum
      - PermenPANRB Nomor 35 Tahun 2012 tentang Pedoman Penyusunan SOP Administrasi Pemerintahan
    qualification: []           # kualifikasi pelaksana
    related: []                 # keterkaitan dengan SOP lain
    equipment: []               # peralatan dan perlengkapan
    warnings: []                # peringatan
    recording: []               # pencatatan dan pendataan

  # Pelaksana: satu kolom untuk setiap orang dalam tabel resmi. Langkah menyebut id-nya.
  # Executors: one column each in the official table. Steps refer to their ids.
  executors:
    - {id: operator, title: {id: "Operator", en: "Operator"}}
    - {id: supervisor, title: {id: "Penanggung jawab", en: "Person in charge"}}

  phases:
    - id: before                # huruf kecil dan tanda hubung / lower-case words joined by hyphens
      title: {id: "Sebelum rapat", en: "Before the meeting"}
      steps:
        # Langkah yang dinyatakan selesai oleh orang. / A step confirmed by a person.
        - id: power
          title: {id: "Periksa daya dan kabel", en: "Check power and cables"}      # kegiatan
          executors: [operator]                                                     # pelaksana
          instruction: {id: "Apa yang dikerjakan.", en: "What to do."}
          reason: {id: "Mengapa.", en: "Why."}
          needs:                                                                    # kelengkapan
            - {id: "Daftar perangkat", en: "List of the kit"}
          minutes: 5                                                                # waktu, dalam menit
          output: {id: "Semua menyala", en: "Everything is on"}                     # output
          # remarks: Keterangan                                                     # keterangan
          # evidence: Foto ruang                                                    # bukti
          # required: false     # tidak wajib: keputusan tidak menunggunya / a decision does not wait for it
          # stamped_by: start   # dijawab oleh catatan rapat itu sendiri: start (mulai), count (hitungan peserta), end
                                # answered by the meeting's own stamp: start, count (a head count), end
          deadline: -60min      # -60min, -3h, -1d, -14wd (hari kerja), +1d
          # when: {mode: [online, hybrid]}        # hanya untuk rapat seperti itu / only for such meetings
          # unless: {service: [vip]}              # tidak untuk rapat seperti itu / not for such meetings
          #   kind: [hosted, attended, unstated]; mode: [online, hybrid, on-site];
          #   service: [vip, streaming, inter-agency]; backup_link: true; participants_over: 100

        # Langkah yang diukur: camera, connection, atau platform, dinilai dengan sebuah standar (vcops standard list).
        # A step that is measured and held against a standard.
        - id: camera
          title: {id: "Ukur kamera", en: "Measure the camera"}
          executors: [operator]
          minutes: 1
          deadline: -40min
          check: {instrument: camera, standard: room-camera}

        # Langkah yang dicatat: number, text, choice, score (1 sampai 5), atau file.
        # A step whose answer is recorded: number, text, choice, score (1 to 5) or file.
        - id: approval
          title: {id: "Mintakan persetujuan", en: "Ask for approval"}
          executors: [supervisor]
          minutes: 10
          deadline: -20min
          record:
            kind: choice
            label: {id: "Keputusan", en: "Decision"}
            choices: [{id: Disetujui, en: Approved}, {id: Ditolak, en: Rejected}]

      # Keputusan yang menutup tahap ini: menunggu semua langkah wajib sejak keputusan sebelumnya, atau hanya tahap yang
      # disebut waits_for. / The decision that ends the phase waits for all required steps since the one before, or
      # for the phases that waits_for names.
      gate:
        id: ready
        title: {id: "Siap atau belum siap", en: "Go or no-go"}
        executors: [supervisor]                                                   # siapa yang memutuskan / who decides
        deadline: -15min
        # waits_for: [before]

    - id: after
      title: {id: "Sesudah rapat", en: "After the meeting"}
      steps:
        - id: record-of-proceedings
          title: {id: "Susun berita acara", en: "Write the record of proceedings"}
          executors: [operator, supervisor]
          minutes: 30
          output: {id: "Berita acara bertanda tangan", en: "Signed record"}
          deadline: +1d
"""


_TEMPLATES = {"procedure": _TEMPLATE, "tariff": TARIFF_TEMPLATE}


def new_page_text(kind: str, page_id: str, files: Mapping[tuple[str, str], str]) -> str:
    """Return the text of a new file: the shipped page of that id where there is one, else the kind's template.

    `files` are the handbook's (`Handbook.files`). Raises OSError where the shipped file cannot be read.
    """
    schema = f"../{SCHEMA_FILE}" if FOLDERS[kind] else SCHEMA_FILE
    first = f"# yaml-language-server: $schema={schema}\n"
    shipped = files.get((kind, page_id))
    if shipped is None or not Path(shipped).is_relative_to(shipped_folder()):
        return first + _TEMPLATES[kind].replace("@ID@", page_id)
    text = Path(shipped).read_text(encoding="utf-8")
    return re.sub(r"\A# yaml-language-server: .*\n", lambda _found: first, text)
