"""Numbers with separators: `1.234,5` in Indonesian, `1,234.5` in English."""

from __future__ import annotations

import re
from decimal import Decimal

from vcops.locale import language

__all__ = ["number", "read_decimal", "read_number"]

_LONGEST = 40
"""No number that a person types is longer; anything beyond is a paste that went wrong."""
_WHOLE = re.compile(r"-?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+)")
_DECIMAL = {
    "id": re.compile(r"(-?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+))(?:,(\d+))?"),
    "en": re.compile(r"(-?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+))(?:\.(\d+))?"),
}


def number(value: float | Decimal, decimals: int = 0) -> str:
    """Return `value` with grouped thousands and this many decimals, in the language in use."""
    text = f"{value:,.{decimals}f}"
    if text.startswith("-") and not text.strip("-0.,"):
        text = text[1:]  # what rounds to nothing carries no sign
    return text if language() == "en" else text.translate(str.maketrans(",.", ".,"))


def read_number(text: str) -> int:
    """Return a whole number as people type it: `1234`, `1.234`, `1,234`, `1 234`. Raises ValueError for anything else.

    A separator counts only where it stands between groups of three digits: `1.5` and `12,50` are not whole numbers.
    """
    cleaned = _cleaned(text)
    if not _WHOLE.fullmatch(cleaned):
        raise ValueError(f"not a whole number: {text!r}")
    return int(re.sub(r"[., ]", "", cleaned))


def read_decimal(text: str) -> Decimal:
    """Return a number with decimals as `number` writes it in the language in use. Raises ValueError."""
    found = _DECIMAL[language()].fullmatch(_cleaned(text))
    if found is None:
        raise ValueError(f"not a number: {text!r}")
    return Decimal(re.sub(r"[.,]", "", found[1]) + "." + (found[2] or "0"))


def _cleaned(text: str) -> str:
    cleaned = text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    if len(cleaned) > _LONGEST or not cleaned.isascii():
        raise ValueError(f"not a number: {text[:_LONGEST]!r}")
    return cleaned
