"""The field's words for codes: kinds, modes, count methods, states, services, tariff methods, periods."""

from __future__ import annotations

from collections.abc import Mapping

from vcops.domain.periods import Period, Span
from vcops.formats import month_name
from vcops.locale import N_, _, ngettext

__all__ = [
    "GROUPINGS",
    "KINDS",
    "METHODS",
    "MODES",
    "SERVICES",
    "STATES",
    "TARIFF_METHODS",
    "count_method_name",
    "grouping_name",
    "key_name",
    "kind_name",
    "mode_name",
    "per_name",
    "period_name",
    "platform_name",
    "service_name",
    "state_name",
    "tariff_method_name",
    "unit_word",
]

KINDS = {"hosted": N_("hosted"), "attended": N_("attended"), "": N_("unstated"), "unstated": N_("unstated")}
MODES = {"online": N_("online"), "hybrid": N_("hybrid"), "on-site": N_("on site")}
METHODS = {
    "claimed": N_("claimed"),
    "counted": N_("counted by hand"),
    "rows": N_("by the rows of an export"),
    "unique": N_("unique people"),
    "peak": N_("at the peak"),
}
STATES = {
    "planned": N_("planned"),
    "running": N_("running"),
    "ended": N_("ended"),
    "cancelled": N_("cancelled"),
}
SERVICES = {"vip": N_("VIP"), "streaming": N_("streaming"), "inter-agency": N_("inter-agency")}
_PLATFORMS = {
    "zoom": N_("Zoom"),
    "teams": N_("Microsoft Teams"),
    "meet": N_("Google Meet"),
    "webex": N_("Webex"),
    "jitsi": N_("Jitsi Meet"),
}
TARIFF_METHODS = {
    "flat": N_("flat amount a meeting"),
    "per_head": N_("amount per head"),
    "itemised": N_("itemised by entitlement"),
    "none": N_("no saving"),
}
PER = {"meeting": N_("meetings"), "participant": N_("participants"), "traveller": N_("travellers")}
GROUPINGS = {
    "unit": N_("Unit"),
    "room": N_("Room"),
    "month": N_("Month"),
    "kind": N_("Kind"),
    "mode": N_("Mode"),
    "platform": N_("Platform"),
    "operator": N_("Operator"),
}
_ROMAN = ("I", "II", "III", "IV")


def kind_name(code: str) -> str:
    """Return `diselenggarakan`, `diikuti` or `tidak disebut`."""
    return _word(KINDS, code)


def mode_name(code: str) -> str:
    """Return `daring`, `hibrida` or `luring`."""
    return _word(MODES, code)


def count_method_name(code: str) -> str:
    """Return how a head count was made."""
    return _word(METHODS, code)


def state_name(code: str) -> str:
    """Return where a meeting stands."""
    return _word(STATES, code)


def service_name(code: str) -> str:
    """Return the name of a class of service; none is an ordinary meeting."""
    return _word(SERVICES, code) if code else _("ordinary")


def platform_name(code: str) -> str:
    """Return the name its maker gives a platform; what was typed where it is none of the known ones."""
    known = _PLATFORMS.get(code.lower())
    return _(known) if known else code


def tariff_method_name(code: str) -> str:
    """Return how a tariff counts."""
    return _word(TARIFF_METHODS, code)


def per_name(code: str) -> str:
    """Return what a rate is multiplied by."""
    return _word(PER, code)


def unit_word(code: str, count: int) -> str:
    """Return the unit behind a quantity: `1 meeting`, `12 meetings`."""
    match code:
        case "meeting":
            return ngettext("meeting", "meetings", count)
        case "participant":
            return ngettext("participant", "participants", count)
        case "traveller":
            return ngettext("traveller", "travellers", count)
        case "month":
            return _("month") if count == 1 else _("months")  # "month" stands alone elsewhere: no plural of it here
        case _:
            return code


def grouping_name(code: str) -> str:
    """Return the heading of what a tally is grouped by."""
    return _word(GROUPINGS, code)


def key_name(grouping: str, key: str) -> str:
    """Return how a tally's row is headed: its key in words; an empty key is `(tidak disebut)`."""
    if grouping == "kind":
        return kind_name(key)
    if grouping == "mode":
        return mode_name(key)
    if grouping == "month":
        return month_name(key)
    return key or _("(unstated)")


def period_name(period: Period) -> str:
    """Return `Oktober 2026`, `Triwulan III 2026`, `Semester II 2026`, `Tahun 2026`, `Maret 2020 s.d. Mei 2021`."""
    year, first = period.first.split("-")
    match period.span:
        case Span.MONTH:
            return month_name(period.first)
        case Span.QUARTER:
            return _("Quarter {number} {year}").format(number=_ROMAN[(int(first) - 1) // 3], year=year)
        case Span.SEMESTER:
            return _("Semester {number} {year}").format(number=_ROMAN[(int(first) - 1) // 6], year=year)
        case Span.YEAR:
            return _("Year {year}").format(year=year)
        case Span.OTHER:
            return _("{first} to {last}").format(first=month_name(period.first), last=month_name(period.last))


def _word(table: Mapping[str, str], code: str) -> str:
    return _(table[code]) if code in table else code
