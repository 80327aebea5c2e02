"""A procedure in words: by when a step is to be done, and for which meetings."""

from __future__ import annotations

from vcops.domain.deadlines import Deadline, Unit, parse_deadline
from vcops.domain.procedures import Condition, Step
from vcops.formats import number
from vcops.locale import _, language, ngettext
from vcops.wording.terms import kind_name, mode_name, service_name

__all__ = ["condition_words", "deadline_words", "duration_words"]


def deadline_words(text: str | None, counts_from: str) -> str:
    """Return `60 menit sebelum mulai` for `-60min`; of a month's first day `tanggal 2 pukul 16.00`. Empty for none."""
    if text is None:
        return ""
    deadline = parse_deadline(text)
    if counts_from == "month" and deadline.unit != "wd" and deadline.count >= 0:
        return _of_month(deadline)
    length = _length(deadline)
    if counts_from == "month":
        said = _("{length} before the month") if deadline.count < 0 else _("{length} into the month")
        return said.format(length=length)
    if deadline.count == 0:
        return _("at the start")
    said = _("{length} before the start") if deadline.count < 0 else _("{length} after the start")
    return said.format(length=length)


def duration_words(minutes: float | None) -> str:
    """Return how long a step takes: `1 jam 30 menit`, `0,5 menit`; empty for none."""
    if minutes is None:
        return ""
    hours, left = divmod(minutes, 60)
    parts = [_counted("h", int(hours))] if hours else []
    if left or not hours:
        parts.append(_counted("min", left))
    return " ".join(parts)


def condition_words(step: Step) -> str:
    """Return which meetings a step is for; empty where it is for all."""
    only = _("only: {what}").format(what=_condition(step.when)) if step.when else ""
    never = _("not: {what}").format(what=_condition(step.unless)) if step.unless else ""
    return "; ".join(one for one in (only, never) if one)


def _of_month(deadline: Deadline) -> str:
    minutes = deadline.count * {"min": 1, "h": 60, "d": 1440}[deadline.unit]
    day, left = divmod(minutes, 1440)
    sign = ":" if language() == "en" else "."
    return _("day {day} of the month, {time}").format(day=day + 1, time=f"{left // 60:02}{sign}{left % 60:02}")


def _length(deadline: Deadline) -> str:
    return _counted(deadline.unit, abs(deadline.count))


def _counted(unit: Unit, count: float) -> str:
    whole = int(count) if count == int(count) else 2
    said = {
        "min": ngettext("{count} minute", "{count} minutes", whole),
        "h": ngettext("{count} hour", "{count} hours", whole),
        "d": ngettext("{count} day", "{count} days", whole),
        "wd": ngettext("{count} working day", "{count} working days", whole),
    }[unit]
    return said.format(count=number(count, 0 if count == int(count) else 1))


def _condition(asked: Condition) -> str:
    parts = []
    if asked.kind:
        # Where nobody said which, the office's own rules hold: only the others have to be told apart.
        named = [kind_name(one) for one in asked.kind if one != "unstated" or len(asked.kind) == 1]
        parts.append("/".join(named))
    if asked.mode:
        parts.append("/".join(mode_name(one) for one in asked.mode))
    if asked.service:
        parts.append("/".join(service_name(one) for one in asked.service))
    if asked.backup_link is not None:
        parts.append(_("with a backup link") if asked.backup_link else _("without a backup link"))
    if asked.participants_over is not None:
        parts.append(_("over {count} people").format(count=number(asked.participants_over)))
    return ", ".join(parts)
