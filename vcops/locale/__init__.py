"""The language in use, and the one way to say something in it.

Strings are written in English in the code and translated by gettext catalogs, `id/*.po`, one file a subject.
English needs no catalog: the strings are its own. `_` translates now; `N_` only marks a string for extraction,
for tables that are read before the language is known.
"""

from __future__ import annotations

import gettext
import locale
import os
from pathlib import Path

__all__ = ["DEFAULT", "LANGUAGES", "N_", "_", "choose", "language", "ngettext", "pgettext", "use"]

LANGUAGES = ("id", "en")
DEFAULT = "id"
_FOLDER = Path(__file__).parent


class _Current:
    """The catalog in use: one a process."""

    language = DEFAULT
    catalog: gettext.NullTranslations = gettext.NullTranslations()


def choose(wanted: str | None = None) -> str:
    """Return the language to speak: the one asked for, VCOPS_LANG, the locale's, else Indonesian."""
    asked = [wanted, os.environ.get("VCOPS_LANG")]
    system = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    if not any(system):
        system = [locale.getlocale()[0]]
    for name in (*asked, *system):
        code = (name or "").replace("-", "_").split("_")[0].split(".")[0].lower()
        if code == "indonesian":  # Windows spells its locales out
            code = "id"
        if code == "english":
            code = "en"
        if code in LANGUAGES:
            return code
    return DEFAULT


def use(name: str) -> None:
    """Speak this language from now on, in this process. `name` is one of `LANGUAGES`."""
    catalog: gettext.NullTranslations
    if name == "en":
        catalog = gettext.NullTranslations()
    else:
        catalog = gettext.translation("vcops", _FOLDER, [name], fallback=True)
    _Current.language, _Current.catalog = name, catalog


def language() -> str:
    """Return the language in use: `id` or `en`."""
    return _Current.language


def _(text: str) -> str:
    """Return `text` in the language in use."""
    return _Current.catalog.gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form that fits `count`. Indonesian has one form for both."""
    return _Current.catalog.ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """Return `text` in the sense that `context` names (`Open` the verb, `Open` the state)."""
    return _Current.catalog.pgettext(context, text)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a string for extraction and return it unchanged."""
    return text
