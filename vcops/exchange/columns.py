"""The columns of a sheet of meetings, by the names that people give them in both languages."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vcops.errors import InvalidInput

__all__ = ["EXTRA", "HELD", "MEETING_HEADER", "Columns", "columns_of_header", "plain_name"]

HELD = (
    "date", "start", "end", "title", "unit", "room", "kind", "mode", "participants", "count_method", "platform",
    "notes", "end_date", "zone", "service", "organiser", "letter", "in_room", "online", "travellers", "origin",
    "destination", "outside_agencies", "other_units", "would_be_face_to_face", "evidence",
)  # fmt: skip
"""What the public format names, in its order."""
PLANNED = ("expected", "contact_name", "contact_phone", "meeting_number", "link", "spare_link", "team")
"""What a planned meeting has beyond it. Passcodes are never written to a file."""
EXTRA = (
    "id", "state", "planned_start", "planned_end", "cancelled_at", "cancel_reason", "created_by", "same_as",
    "booked_on",
)  # fmt: skip
"""What an export adds, so that an import elsewhere keeps it. `booked_on` makes a row a late entry of its own month."""
MEETING_HEADER = ("id", *HELD, *PLANNED, *EXTRA[1:])
"""The header of an export: the key, the public columns, then the rest."""

_INDONESIAN = {
    "tanggal": "date", "tgl": "date", "hari_tanggal": "date",
    "mulai": "start", "jam_mulai": "start", "pukul": "start", "waktu": "start", "jam": "start", "waktu_mulai": "start",
    "selesai": "end", "jam_selesai": "end", "waktu_selesai": "end",
    "judul": "title", "perihal": "title", "perihal_rapat": "title", "acara": "title", "nama_acara": "title",
    "kegiatan": "title", "nama_kegiatan": "title", "agenda": "title",
    "unit_kerja": "unit", "opd": "unit", "perangkat_daerah": "unit", "pemohon": "unit",
    "ruang": "room", "ruangan": "room", "ruang_rapat": "room",
    "jenis": "kind", "moda": "mode",
    "peserta": "participants", "jumlah_peserta": "participants",
    "cara_hitung": "count_method", "catatan": "notes", "keterangan": "notes",
    "tanggal_selesai": "end_date", "zona": "zone", "zona_waktu": "zone", "layanan": "service",
    "penyelenggara": "organiser", "organizer": "organiser", "surat": "letter", "nomor_surat": "letter",
    "di_ruang": "in_room", "peserta_di_ruang": "in_room", "daring": "online", "peserta_daring": "online",
    "pelaku_perjalanan": "travellers", "travelers": "travellers", "asal": "origin", "tujuan": "destination",
    "instansi_luar": "outside_agencies", "unit_lain": "other_units",
    "rapat_yang_sama": "same_as", "akan_tatap_muka": "would_be_face_to_face", "bukti": "evidence",
    "perkiraan_peserta": "expected", "narahubung": "contact_name", "telepon": "contact_phone",
    "nomor_rapat": "meeting_number", "tautan": "link", "tautan_cadangan": "spare_link", "tim": "team",
    "status": "state", "dibukukan": "booked_on", "tanggal_dibukukan": "booked_on",
}  # fmt: skip
_KNOWN = {name: name for name in MEETING_HEADER} | _INDONESIAN
_NEEDED = ("date", "start", "title")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which place of a row holds which column, and the headings that nobody knows."""

    places: Mapping[str, int]
    unknown: tuple[str, ...]


def plain_name(heading: str) -> str:
    """Return a heading as it is compared: lower case, words joined by underscores."""
    return re.sub(r"[\s\-/.]+", "_", heading.replace("\ufeff", "").strip().lower()).strip("_")


def known_headings(cells: Sequence[str]) -> int:
    """Return how many cells of a row are headings that this program knows."""
    return sum(plain_name(cell) in _KNOWN for cell in cells)


def columns_of_header(header: Sequence[str], names: Mapping[str, str] | None = None) -> Columns:
    """Return the columns of a header; `names` adds theirs -> ours. Raises InvalidInput for a missing or double one."""
    ours = _KNOWN | _own_names(header, names or {})
    places: dict[str, int] = {}
    unknown = []
    for place, heading in enumerate(header):
        column = ours.get(plain_name(heading))
        if column is None:
            unknown += [heading.strip()] if heading.strip() else []
        elif column in places:
            raise InvalidInput("import.column_twice", column=column, one=header[places[column]], other=heading)
        else:
            places[column] = place
    for column in _NEEDED:
        if column not in places:
            raise InvalidInput("import.no_column", column=column, found=", ".join(header) or "-")
    return Columns(places, tuple(unknown))


def _own_names(header: Sequence[str], names: Mapping[str, str]) -> dict[str, str]:
    there = {plain_name(heading) for heading in header}
    own = {}
    for theirs, said in names.items():
        column = _KNOWN.get(plain_name(said))
        if column is None:
            nearest = difflib.get_close_matches(plain_name(said), _KNOWN, n=1)
            raise InvalidInput("import.map_unknown", value=said, nearest=nearest[0] if nearest else "title")
        if plain_name(theirs) not in there:
            raise InvalidInput("import.map_missing", value=theirs, found=", ".join(header))
        own[plain_name(theirs)] = column
    return own
