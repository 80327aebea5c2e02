"""What people type into a form, a cell or an option, read into values: one reader a kind of field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from vcops.domain.evidence import Keeping
from vcops.domain.meetings import SERVICES, CountMethod, Kind, Mode, check_head_count
from vcops.domain.people import PaperSize, zone_name
from vcops.errors import InvalidInput
from vcops.formats import read_day, read_day_near, read_number, read_time

__all__ = [
    "CLOCKS_DIFFER", "clean", "clean_lines", "read_at", "read_clock", "read_count_method", "read_days",
    "read_keeping", "read_kind", "read_mode", "read_moment", "read_paper", "read_people", "read_services", "read_span",
    "read_typed_day", "read_yes_no", "read_zone", "zone_after",
]  # fmt: skip

_KINDS = {
    "hosted": Kind.HOSTED, "diselenggarakan": Kind.HOSTED, "penyelenggara": Kind.HOSTED, "tuan rumah": Kind.HOSTED,
    "attended": Kind.ATTENDED, "diikuti": Kind.ATTENDED, "peserta": Kind.ATTENDED,
    "": Kind.UNSTATED, "-": Kind.UNSTATED, "unstated": Kind.UNSTATED, "tidak disebut": Kind.UNSTATED,
}  # fmt: skip
_MODES = {
    "": Mode.ONLINE, "online": Mode.ONLINE, "daring": Mode.ONLINE,
    "hybrid": Mode.HYBRID, "hibrida": Mode.HYBRID, "hibrid": Mode.HYBRID,
    "on-site": Mode.ON_SITE, "on site": Mode.ON_SITE, "onsite": Mode.ON_SITE, "luring": Mode.ON_SITE,
    "offline": Mode.ON_SITE, "tatap muka": Mode.ON_SITE,
}  # fmt: skip
_METHODS = {
    "claimed": CountMethod.CLAIMED, "disebutkan": CountMethod.CLAIMED, "klaim": CountMethod.CLAIMED,
    "counted": CountMethod.COUNTED, "dihitung": CountMethod.COUNTED,
    "rows": CountMethod.ROWS, "baris": CountMethod.ROWS,
    "unique": CountMethod.UNIQUE, "unik": CountMethod.UNIQUE,
    "peak": CountMethod.PEAK, "puncak": CountMethod.PEAK,
}  # fmt: skip
_SERVICES = {
    **{name: name for name in SERVICES},
    "inter agency": "inter-agency", "antarinstansi": "inter-agency", "antar instansi": "inter-agency",
    "antar-instansi": "inter-agency", "siaran": "streaming", "siaran langsung": "streaming", "pimpinan": "vip",
    "": "", "-": "", "biasa": "", "ordinary": "",
}  # fmt: skip
_KEEPING: dict[str, Keeping] = {
    "off": "off", "tidak": "off", "no": "off", "empty-room": "empty-room", "ruang-kosong": "empty-room",
    "ruang kosong": "empty-room", "empty room": "empty-room", "always": "always", "selalu": "always",
}  # fmt: skip
_PAPERS: dict[str, PaperSize] = {"a4": "a4", "f4": "f4", "folio": "f4"}
_MOST_DAYS = 3653
_YES = {"ya", "y", "yes", "true", "benar", "1"}
_NO = {"tidak", "t", "no", "n", "false", "bukan", "0"}
_OPEN_END = {"", "-", "selesai", "s.d. selesai", "sd selesai", "s/d selesai", "finish", "end", "until finished"}
_SPAN = re.compile(r"^(?P<first>.+?)\s*(?:s\.?\s*/?\s*d\.?|-|–|—|sampai(?:\s+dengan)?|hingga|to|until)\s*(?P<last>.+)$")
_ZONE_AFTER = re.compile(r"\s*\b(WIB|WITA|WIT)\b\.?\s*$", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*", re.IGNORECASE)
"""Only with colons: of `2026-10-05 09.40` Python would make nine o'clock and a fraction of a second."""
CLOCKS_DIFFER = timedelta(minutes=5)
"""Two machines' clocks may differ by this much before a moment counts as lying in the future."""

Word = TypeVar("Word", bound=StrEnum)
_remembered = lru_cache(maxsize=1024)
"""A column of a sheet says a few things in thousands of rows."""


def clean(text: str) -> str:
    """Return one line without control characters and doubled spaces: what a name or a title may hold."""
    if text.isascii() and text.isprintable() and "  " not in text:  # nearly all: a bulk import asks 150,000 times
        return text.strip()
    return " ".join(_UNSEEN.sub("", text).split())


def clean_lines(text: str) -> str:
    """Return several lines without control characters."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


@_remembered
def read_kind(text: str) -> Kind:
    """Return hosted, attended or unstated from either language. Raises ValueError."""
    return _word(_KINDS, text)


@_remembered
def read_mode(text: str) -> Mode:
    """Return online, hybrid or on-site from either language; empty is online. Raises ValueError."""
    return _word(_MODES, text)


@_remembered
def read_count_method(text: str) -> CountMethod:
    """Return how a head count was made. Raises ValueError."""
    return _word(_METHODS, text)


@_remembered
def read_services(text: str) -> tuple[str, ...]:
    """Return the classes of service in their own order: `VIP, siaran langsung`. Raises ValueError."""
    parts = [clean(one).lower() for one in re.split(r"[,;+/]", text)]
    if not all(one in _SERVICES for one in parts):
        parts = clean(re.sub(r"[,;+/]", " ", text)).lower().split()
    found = {_SERVICES.get(one, "?") for one in parts}
    if "?" in found:
        raise ValueError(f"not a service: {text!r}")
    return tuple(one for one in SERVICES if one in found)


@_remembered
def read_yes_no(text: str) -> bool | None:
    """Return yes, no, or None where nothing was typed. Raises ValueError."""
    word = clean(text).lower()
    if word in _YES | _NO:
        return word in _YES
    if word not in {"", "-", "?"}:
        raise ValueError(f"neither yes nor no: {text!r}")
    return None


@_remembered
def read_people(text: str) -> int | None:
    """Return a number of people. Raises ValueError for what is no number, InvalidInput for an impossible one."""
    if clean(text) in {"", "-"}:
        return None
    value = read_number(text)
    check_head_count(value)
    return value


def read_keeping(text: str) -> Keeping:
    """Return which pictures are kept as evidence, from either language. Raises ValueError."""
    word = clean(text).lower()
    if word not in _KEEPING:
        raise ValueError(f"not one of the words: {text!r}")
    return _KEEPING[word]


def read_paper(text: str) -> PaperSize:
    """Return what is printed on: A4 or F4, which is also called folio. Raises ValueError."""
    word = clean(text).lower()
    if word not in _PAPERS:
        raise ValueError(f"not a size of paper: {text!r}")
    return _PAPERS[word]


def read_days(text: str) -> int:
    """Return a number of days, a day to ten years. Raises ValueError."""
    days = read_number(text)
    if not 1 <= days <= _MOST_DAYS:
        raise ValueError(f"not so many days: {text!r}")
    return days


@_remembered
def read_zone(text: str) -> str:
    """Return the IANA name of a zone as people write it: `WIB`, `Asia/Pontianak`. Raises ValueError."""
    name = zone_name(text)
    if name is None:
        raise ValueError(f"not a zone: {text!r}")
    return name


@_remembered
def zone_after(text: str) -> str | None:
    """Return the zone that stands after a clock time, `09.00 WITA`, as an IANA name."""
    found = _ZONE_AFTER.search(clean(text))
    return zone_name(found[1]) if found else None


@_remembered
def read_typed_day(text: str, today: date | None = None) -> date:
    """Return a day within living memory; where today is known, `besok` and `28/11` are read too. Raises ValueError."""
    day = read_day(text) if today is None else read_day_near(text, today)
    _refuse_other_ages(day)
    return day


def read_moment(text: str) -> datetime:
    """Return the UTC time of `2026-10-05T01:00:00Z`, within living memory. Raises ValueError, also without a zone."""
    moment = datetime.fromisoformat(text.strip())
    _refuse_other_ages(moment)
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {text!r}")
    return moment.astimezone(UTC)


@_remembered
def read_clock(text: str) -> time | None:
    """Return a clock time, None for an open end (`selesai`). A zone's short name after it is left aside."""
    bare = _ZONE_AFTER.sub("", clean(text))
    return None if bare.lower() in _OPEN_END else read_time(bare)


@_remembered
def read_span(text: str) -> tuple[time | None, time | None]:
    """Return start and end of `09.00`, `09.00 - 11.00 WIB`, `09.00 s.d. selesai`. Raises ValueError."""
    bare = _ZONE_AFTER.sub("", clean(text)).lower()
    found = _SPAN.match(bare)
    if found is None:
        return read_clock(bare), None
    return read_clock(_ZONE_AFTER.sub("", found["first"])), read_clock(found["last"])


def read_at(text: str, zone: str, now: datetime, column: str = "at") -> datetime:
    """Return the moment that `--at` names: `09.05` is the last time the clock showed it, or with a day before it.

    Raises InvalidInput.
    """
    said = clean(text)
    here = ZoneInfo(zone)
    try:
        if _ISO.fullmatch(said):
            moment = datetime.fromisoformat(said)
            _refuse_other_ages(moment)
            return moment if moment.tzinfo else moment.replace(tzinfo=here)
        day_text, _space, time_text = said.rpartition(" ")
        if day_text:
            day = read_typed_day(day_text, now.astimezone(here).date())
            return datetime.combine(day, read_time(time_text), here)
        moment = datetime.combine(now.astimezone(here).date(), read_time(said), here)
    except ValueError as error:
        raise InvalidInput("form.time", column=column, value=text) from error
    return moment - timedelta(days=1) if moment > now + CLOCKS_DIFFER else moment


def _refuse_other_ages(day: date) -> None:
    if not 1945 <= day.year <= 2200:
        raise ValueError(f"not a year of this office: {day.year}")


def _word(words: Mapping[str, Word], text: str) -> Word:
    word = clean(text).lower()
    if word not in words:
        raise ValueError(f"not one of the words: {text!r}")
    return words[word]
