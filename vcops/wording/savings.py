"""Words of the savings: why a line has no amount, what a meeting lacks, how many people were counted in which way."""

from __future__ import annotations

from vcops.domain.completeness import RECONCILED
from vcops.domain.eligibility import Reason
from vcops.domain.incomplete import Incomplete
from vcops.domain.savings import OwnLine, Total
from vcops.domain.tally import Tally
from vcops.domain.tariffs import Tariff
from vcops.formats import number
from vcops.locale import N_, _, language
from vcops.wording.terms import count_method_name

__all__ = [
    "ESTIMATE", "LOWER_BOUNDS", "REASONS", "at_least", "change_words", "component_titles", "count_methods_said",
    "eligibility_lines", "gap_words", "lacking_words", "open_words", "own_per_name", "own_title", "reason_words",
]  # fmt: skip

ESTIMATE = N_("Estimate of the avoided cost; not a realisation and not a budget balance")
"""What every page of savings says."""
LOWER_BOUNDS = N_("Lower bounds: something is missing, so that every figure can only grow.")
"""What stands at a table of figures that are lower bounds, where there is no room beside each."""

REASONS = {
    Reason.ON_SITE: N_("held on site: nothing was avoided"),
    Reason.NEVER_FACE_TO_FACE: N_("would not have been held face to face"),
    Reason.KIND: N_("not saved by a meeting of this kind"),
    Reason.TOO_SHORT: N_("shorter than the tariff asks"),
    Reason.NOT_ENTITLED: N_("those who took part are not entitled to it"),
    Reason.ELSEWHERE: N_("the way would have led elsewhere"),
    Reason.FACE_TO_FACE_OPEN: N_("no answer whether it would have been held face to face"),
    Reason.TAKING_PART_OPEN: N_("no answer whether other agencies or units took part"),
    Reason.LENGTH_OPEN: N_("start or end is missing"),
    Reason.NO_LENGTH: N_("lasted 0 minutes: check start and end"),
    Reason.COUNT_OPEN: N_("no head count"),
    Reason.IN_ROOM_OPEN: N_("no answer how many sat in the room"),
    Reason.TRAVELLERS_OPEN: N_("no answer how many would have travelled"),
    Reason.DESTINATION_OPEN: N_("no answer where they would have gone"),
    Reason.NO_RATE: N_("the tariff has no rate for that destination"),
    Reason.NOT_VALUED: N_("named by the basis without a value"),
    Reason.NO_TARIFF: N_("no tariff on that day"),
    Reason.NOT_ENDED: N_("not ended yet"),
    Reason.CANCELLED: N_("cancelled"),
    Reason.SAME_MEETING: N_("counts with another room's entry of the same meeting"),
}
_LACKING = {
    "end": N_("no end"),
    "count": N_("no head count"),
    "unit": N_("no unit"),
    "joined": N_("same number and time as another: one meeting?"),
    RECONCILED: N_("head count not compared with the provider's report"),
}
_OWN_PER = {"month": N_("months"), "meeting": N_("meetings")}


def at_least(said: str, least: bool) -> str:
    """Return a figure as it is written wherever it is a lower bound; as it is where it is not."""
    return _("at least {number}").format(number=said) if least else said


def reason_words(reason: Reason | None) -> str:
    """Return why there is no amount, or an amount of nothing; empty where there is no reason."""
    return "" if reason is None else _(REASONS[reason])


def open_words(total: Total) -> list[str]:
    """Return what a total leaves out, one question a line: how many meetings, which question, about which items.

    The items are named where the question is not open for all that the tariff values.
    """
    titles = component_titles(total.tariff)
    about: dict[tuple[Reason, int], list[str]] = {}
    for line in total.lines:
        for reason, meetings in line.unanswered:
            about.setdefault((reason, meetings), []).append(titles[line.component])
    said = []
    for (reason, meetings), names in about.items():
        words = _("not counted for {meetings} meetings: {reason}")
        if len(names) < len(total.tariff.components):
            words = _("not counted for {meetings} meetings: {reason} ({items})")
        said.append(words.format(meetings=number(meetings), reason=reason_words(reason), items=", ".join(names)))
    return said


def lacking_words(one: Incomplete) -> str:
    """Return all that a meeting lacks, in a row."""
    words = []
    for code in one.lacking:
        if code == "joined" and one.twin is not None:
            words.append(_("same number and time as '{title}': one meeting?").format(title=one.twin.title))
        else:
            words.append(gap_words(code))
    return "; ".join(words)


def gap_words(code: str) -> str:
    """Return one thing that a meeting lacks, by its code."""
    return _(_LACKING[code]) if code in _LACKING else reason_words(Reason(code))


def count_methods_said(tally: Tally) -> str:
    """Return how the people were counted: `3.200 counted by hand, 400 claimed`; empty where nobody was counted."""
    found = sorted(tally.count_methods.items(), key=lambda item: -item[1][1])
    return ", ".join(f"{number(people)} {count_method_name(name)}" for name, (meetings, people) in found if meetings)


def change_words(percent: int | None) -> str:
    """Return ` (+35 %)` with a true minus sign; empty where there was nothing to compare with."""
    if percent is None:
        return ""
    sign = "\u2212" if percent < 0 else "+"
    return f" ({sign}{number(abs(percent))} %)"


def component_titles(tariff: Tariff) -> dict[str, str]:
    """Return the printed name of each component, valued or not, by id."""
    valued = {part.id: part.title.said(language()) for part in tariff.components}
    return valued | {part.id: part.title.said(language()) for part in tariff.not_counted}


def own_title(tariff: Tariff, line: OwnLine) -> str:
    """Return the printed name of an own cost."""
    return next(one.title.said(language()) for one in tariff.own_costs if one.id == line.id)


def own_per_name(per: str) -> str:
    """Return what an own cost is multiplied by."""
    return _(_OWN_PER[per])


def eligibility_lines(tariff: Tariff) -> list[str]:
    """Return the rules of entitlement, one a line; none where the tariff has none."""
    rules, titles = tariff.eligibility, component_titles(tariff)
    if rules is None:
        return []
    lines = []
    if rules.least_minutes:
        lines.append(_("meetings of {minutes} minutes or more").format(minutes=number(rules.least_minutes)))
    if rules.face_to_face:
        lines.append(_("only where it is answered that it would have been held face to face"))
    for items, text in (
        (rules.outside, N_("outsiders, another agency or echelon-I unit take part: {items}")),
        (rules.other_unit, N_("another satker or echelon-II unit takes part: {items}")),
        (rules.own_unit, N_("only the own unit: {items}")),
    ):
        names = ", ".join(titles[one] for one in items) or _("nothing")
        lines.append(_(text).format(items=names))
    return lines
