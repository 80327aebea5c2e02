"""Pictures kept as evidence, in words."""

from __future__ import annotations

from vcops.domain.evidence import Keeping, Picture
from vcops.formats.dates import short_day
from vcops.locale import N_, _, ngettext

__all__ = ["KEEPING_NAMES", "days_words", "keeping_name", "picture_words"]

KEEPING_NAMES: dict[Keeping, str] = {
    "off": N_("none"),
    "empty-room": N_("only of an empty room"),
    "always": N_("of every camera check"),
}


def keeping_name(keeping: Keeping) -> str:
    """Return which pictures are kept."""
    return _(KEEPING_NAMES[keeping])


def days_words(days: int) -> str:
    """Return how long they are kept."""
    return ngettext("{count} day", "{count} days", days).format(count=days)


def picture_words(picture: Picture, zone: str) -> str:
    """Return where a picture lies with the beginning of its digest, or on which day it was deleted."""
    digest = f"SHA-256 {picture.sha256[:16]}…"
    if picture.deleted_at is not None:
        said = _("deleted on {day} ({digest})").format(day=short_day(picture.deleted_at, zone), digest=digest)
    else:
        said = f"{picture.file} ({digest})"
    return f"{picture.camera}: {said}" if picture.camera else said
