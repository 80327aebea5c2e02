"""An example office with a year of meetings, on a throwaway database; marked CONTOH wherever it is shown.

Everything is made up, and the same each time on the same day: units are generic, people are roles.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from vcops.domain.meetings import Kind, Mode, day_number
from vcops.operations.demo_runs import ExampleRuns
from vcops.operations.workplace import Workplace
from vcops.settings import Options, Settings, find_places

if TYPE_CHECKING:
    from vcops.store.writing import Change

__all__ = ["DemoWorkplace", "furnish", "open_demo"]

ZONE = "Asia/Jakarta"
SEED = 35
PAST_MEETINGS = 350
TARIFF = "kalbar-2020"
OFFICE = "Dinas Komunikasi dan Informatika (contoh)"
UNITS = (
    ("Dinas Kesehatan", "DINKES"),
    ("Dinas Pendidikan", "DISDIK"),
    ("Badan Perencanaan Pembangunan Daerah", "BAPPEDA"),
    ("Dinas Sosial", "DINSOS"),
    ("Badan Kepegawaian Daerah", "BKD"),
    ("Badan Penanggulangan Bencana Daerah", "BPBD"),
    ("Dinas Pekerjaan Umum", "DPU"),
    ("Sekretariat Daerah", "SETDA"),
)
ROOMS = (
    ("Ruang Rapat Utama", "Lantai 2, sayap timur", 40, "Kamera PTZ, 2 mikrofon meja, layar 75 inci"),
    ("Ruang Rapat Kecil", "Lantai 1", 12, "Kamera USB, pengeras suara meja"),
    ("Ruang Kendali", "Lantai 3", 20, "Dinding video, 4 mikrofon, encoder siaran"),
    ("Aula", "Gedung B", 150, "Kamera PTZ, mixer, proyektor 6000 lumen"),
)
PEOPLE = (
    ("Operator A", "Pranata Komputer", "operator"),
    ("Operator B", "Pranata Komputer", "operator"),
    ("Teknisi A", "Teknisi jaringan", "technician"),
    ("Kepala Seksi", "Kepala Seksi Layanan TIK", "head"),
)
TOPICS = (
    "Rapat koordinasi mingguan", "Rapat evaluasi kinerja", "Sosialisasi peraturan baru", "Bimbingan teknis aplikasi",
    "Rapat persiapan musrenbang", "Rapat penurunan stunting", "Rapat pengendalian inflasi", "Rapat anggaran perubahan",
    "Rapat kesiapsiagaan bencana", "Forum perangkat daerah", "Pembekalan pegawai baru", "Rapat tindak lanjut audit",
)  # fmt: skip
TROUBLES = (
    ("Suara peserta terputus", "Mikrofon diganti"),
    ("Gambar membeku", "Pindah ke jalur internet cadangan"),
    ("Tautan ditolak", "Tautan cadangan dibagikan"),
    ("Listrik padam sesaat", "Dilanjutkan dengan UPS"),
)
PLATFORMS = ("zoom", "zoom", "zoom", "teams", "meet", "bigbluebutton")


class DemoWorkplace(Workplace):
    """A workplace whose files go when it is closed."""

    def close(self) -> None:
        """Let go of the database and remove the folder."""
        super().close()
        shutil.rmtree(self.places.config, ignore_errors=True)


def open_demo(options: Options, clock: Callable[[], datetime] | None = None) -> DemoWorkplace:
    """Return a workplace with all its files in a new temporary folder. Not furnished yet."""
    folder = Path(tempfile.mkdtemp(prefix="vcops-demo-"))
    options = replace(options, home=folder, database=None, who=options.who or PEOPLE[0][0], demo=True)
    return DemoWorkplace(options, find_places(folder), Settings(), clock or (lambda: datetime.now(UTC)))


def furnish(workplace: Workplace) -> None:
    """Fill an empty database with the example; one that holds meetings stays as it is. Raises StorageError."""
    from vcops.operations import tariffs
    from vcops.operations.setup import first_run

    if not first_run(workplace):
        return
    now = workplace.clock().replace(second=0, microsecond=0)
    with workplace.store.writing(workplace.who) as change:
        _Example(change, workplace, now).fill()
    if TARIFF in workplace.handbook.tariffs:
        tariffs.adopt(workplace, TARIFF, (now - timedelta(days=400)).date().replace(month=1, day=1))


class _Example:
    """Writes the example inside one transaction."""

    def __init__(self, change: Change, workplace: Workplace, now: datetime) -> None:
        self.change, self.workplace, self.now = change, workplace, now
        self.chance = random.Random(SEED)  # noqa: S311 - an example, not a secret
        self.made = 0
        self.units: list[str] = []
        self.rooms: list[str] = []

    def fill(self) -> None:
        """Write everything."""
        from vcops.store import tables

        self.change.insert(
            tables.Office, {"id": self.new_id(), "name": OFFICE, "place": "Pontianak", "zone": ZONE, "platform": "zoom"}
        )
        self.units = self.change.insert_many(
            tables.Unit, [{"id": self.new_id(), "name": name, "code": code} for name, code in UNITS]
        )
        self.rooms = self.change.insert_many(
            tables.Room,
            [
                {"id": self.new_id(), "name": name, "location": place, "seats": seats, "kit": kit}
                for name, place, seats, kit in ROOMS
            ],
        )
        self.change.insert_many(
            tables.Person,
            [{"id": self.new_id(), "name": name, "position": place, "role": role} for name, place, role in PEOPLE],
        )
        meetings = [*self._past(), *self._today(), *self._coming()]
        ids = self.change.insert_many(tables.Meeting, meetings)
        counted = [(name, one) for name, one in zip(ids, meetings, strict=True) if one.get("participants")]
        self.change.insert_many(tables.HeadCount, [self._count(name, one) for name, one in counted])
        self.change.insert_many(tables.Incident, list(self._incidents(counted)))
        self._prepare(ids[PAST_MEETINGS + 2], ids[PAST_MEETINGS + 3])

    def new_id(self) -> str:
        """Return an id like the store's own, but the same each time: lists that fall back on ids keep their order."""
        self.made += 1
        value = (int(self.now.timestamp() * 1000) + self.made) << 80 | self.chance.getrandbits(80)
        value = value & ~(0xF << 76) | 0x7 << 76
        return str(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))

    def _prepare(self, running: str, next_one: str) -> None:
        """Write the runs behind the rooms' readiness."""
        runs = ExampleRuns(self.change, self.workplace, self.new_id)
        runs.walked(self.rooms[0], running, self.now - timedelta(minutes=95))
        runs.walked(self.rooms[1], next_one, self.now - timedelta(minutes=12), steps=6)
        runs.walked(self.rooms[2], None, self.now - timedelta(minutes=150), note="Sedang diperbaiki; ada cadangan")

    def _past(self) -> Iterator[dict[str, Any]]:
        """Yield a year of ended meetings on working days, in the order of time."""
        today = self.now.astimezone(ZoneInfo(ZONE)).date()
        days = [today - timedelta(days=ago) for ago in range(364, 0, -1)]
        working = [day for day in days if day.weekday() < 5]
        taken: set[datetime] = set()
        for day in sorted(self.chance.choices(working, k=PAST_MEETINGS)):
            start = self._at(day, self.chance.choice((8, 9, 9, 10, 13, 14)), self.chance.choice((0, 0, 30)))
            while start in taken:
                start += timedelta(minutes=15)
            taken.add(start)
            yield self._held(start)

    def _today(self) -> Iterator[dict[str, Any]]:
        """Yield two that are over and one that runs."""
        for ago, title in ((165, "Rapat koordinasi harian"), (100, "Rapat persiapan anggaran")):
            start = self.now - timedelta(minutes=ago)
            yield self._held(start, title) | {"ended_at": start + timedelta(minutes=60)}
        start = self.now - timedelta(minutes=47)
        running = self._held(start, "Rapat pengendalian inflasi daerah")
        yield running | {
            "ended_at": None, "state": "running", "participants": 142, "online": 118, "in_room": 24,
            "count_method": "counted", "mode": Mode.HYBRID.value, "room_id": self.rooms[0],
            "planned_end": start + timedelta(minutes=120),
        }  # fmt: skip

    def _coming(self) -> Iterator[dict[str, Any]]:
        """Yield what is planned today, tomorrow and in a week."""
        soon, later = self.now + timedelta(minutes=42), self.now + timedelta(hours=2, minutes=30)
        day = self.now.astimezone(ZoneInfo(ZONE)).date()
        tomorrow, next_week = day + timedelta(days=1), day + timedelta(days=7)
        yield self._planned(soon, "Rapat penurunan stunting triwulan IV", 1, 60, "inter-agency")
        yield self._planned(later, "Bimbingan teknis aplikasi persuratan", 2, 120)
        yield self._planned(self._at(tomorrow, 9, 0), "Rapat pimpinan dengan gubernur", 0, 35, "vip")
        yield self._planned(self._at(tomorrow, 13, 30), "Forum perangkat daerah", 3, 200, "streaming")
        yield self._planned(self._at(next_week, 10, 0), "Rapat evaluasi akhir tahun", 0, 80)

    def _held(self, start: datetime, title: str = "") -> dict[str, Any]:
        minutes = self.chance.choice((60, 75, 90, 120, 150))
        mode = self.chance.choices((Mode.ONLINE, Mode.HYBRID, Mode.ON_SITE), (60, 30, 10))[0]
        kind = self.chance.choices((Kind.HOSTED, Kind.ATTENDED, Kind.UNSTATED), (70, 25, 5))[0]
        online = 0 if mode is Mode.ON_SITE else self.chance.randint(12, 180)
        in_room = 0 if mode is Mode.ONLINE else self.chance.randint(6, 38)
        return self._meeting(start, title or self.chance.choice(TOPICS)) | {
            "room_id": self.chance.choice(self.rooms), "kind": kind.value, "mode": mode.value,
            "planned_end": start + timedelta(minutes=minutes), "started_at": start,
            "ended_at": start + timedelta(minutes=minutes + self.chance.randint(-10, 25)), "state": "ended",
            "participants": online + in_room, "online": online, "in_room": in_room,
            "count_method": self.chance.choice(("counted", "counted", "unique", "peak")),
        }  # fmt: skip

    def _planned(self, start: datetime, title: str, room: int, expected: int, service: str = "") -> dict[str, Any]:
        return self._meeting(start, title) | {
            "room_id": self.rooms[room], "planned_end": start + timedelta(minutes=90), "state": "planned",
            "expected": expected, "service": service, "kind": Kind.HOSTED.value, "mode": Mode.HYBRID.value,
            "contact_name": "Sekretaris unit", "team": "Operator A, Teknisi A", "meeting_number": "000 0000 0000",
        }  # fmt: skip

    def _meeting(self, start: datetime, title: str) -> dict[str, Any]:
        return {
            "id": self.new_id(), "title": title, "zone": ZONE, "local_day": day_number(start, ZONE),
            "planned_start": start,
            "unit_id": self.chance.choice(self.units), "platform": self.chance.choice(PLATFORMS),
            "created_by": self.change.actor,
        }  # fmt: skip

    def _count(self, meeting_id: str, meeting: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": self.new_id(), "meeting_id": meeting_id, "at": meeting["started_at"] + timedelta(minutes=25),
            "total": meeting["participants"], "online": meeting["online"], "in_room": meeting["in_room"],
            "method": meeting["count_method"], "by": self.change.actor,
        }  # fmt: skip

    def _incidents(self, meetings: list[tuple[str, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
        for name, meeting in meetings:
            if meeting["state"] == "ended" and self.chance.random() < 0.08:
                began = meeting["started_at"] + timedelta(minutes=self.chance.randint(5, 40))
                text, action = self.chance.choice(TROUBLES)
                yield {
                    "id": self.new_id(), "meeting_id": name, "started_at": began, "text": text, "action": action,
                    "recovered_at": began + timedelta(minutes=self.chance.randint(1, 9)), "by": self.change.actor,
                }  # fmt: skip

    @staticmethod
    def _at(day: date, hour: int, minute: int) -> datetime:
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
