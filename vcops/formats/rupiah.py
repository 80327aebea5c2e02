"""Integer rupiah: written `Rp8.492.500.000` in both languages, read in all the ways offices type it."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["read_rupiah", "rupiah"]

_LONGEST = 60
_SCALES = {
    "ribu": 10**3, "rb": 10**3, "thousand": 10**3,
    "juta": 10**6, "jt": 10**6, "million": 10**6,
    "miliar": 10**9, "milyar": 10**9, "billion": 10**9,
    "triliun": 10**12, "trilyun": 10**12, "trillion": 10**12,
}  # fmt: skip
"""`m` is left out on purpose: a miliar to one reader, a million to another."""
_SHAPE = re.compile(
    rf"(?P<sign>(?:rp|idr)\s*\.?\s*)?(?P<digits>\d[\d.,\s]*?)\s*(?P<scale>{'|'.join(_SCALES)})?\s*(?:rupiah)?(?P<dash>[,.]\s*-+)?",
)
_GROUPED = (
    (re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?P<cents>,\d{2})?"), "."),  # 15.000.000,00
    (re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?P<cents>\.\d{2})?"), ","),  # 15,000,000.00
    (re.compile(r"[1-9]\d{0,2}(?:,\d{3})(?P<cents>\.\d{2})"), ","),  # 15,000.00
    (re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?P<cents>,\d{2})?"), " "),  # 15 000 000
)


def rupiah(amount: int) -> str:
    """Return an amount as print has it: capital R, no dot after it, no space, dots for thousands."""
    return f"{'-' if amount < 0 else ''}Rp{abs(amount):,}".replace(",", ".")


def read_rupiah(text: str) -> int:
    """Return the amount in whole rupiah. Raises ValueError where a second reading is possible.

    Read: `Rp15. 000. 000,-`, `Rp. 86.837.400,-`, `15000000`, `Rp500,00`, `15,000,000`, `Rp 30 juta`, `Rp2,3 miliar`.
    In doubt, so refused: `1.5`, `12,50`, `15,000` (a decimal comma here, thousands elsewhere), `2.300 miliar`,
    negative amounts, and sen that are not nought.
    """
    found = _SHAPE.fullmatch(_cleaned(text))
    if found is None:
        raise ValueError(f"not an amount in rupiah: {text[:_LONGEST]!r}")
    digits = re.sub(r"\s*([.,])\s*", r"\1", found["digits"].strip())
    if found["scale"]:
        amount = _scaled(digits, _SCALES[found["scale"]])
    else:
        amount = _plain(digits, marked=bool(found["sign"]) and not found["dash"])
    if amount is None:
        raise ValueError(f"an amount in rupiah that can be read in two ways: {text[:_LONGEST]!r}")
    return amount


def _cleaned(text: str) -> str:
    cleaned = re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip().lower()
    if len(cleaned) > _LONGEST or not cleaned.isascii():
        raise ValueError(f"not an amount in rupiah: {text[:_LONGEST]!r}")
    return cleaned


def _plain(digits: str, *, marked: bool) -> int | None:
    if re.fullmatch(r"0|[1-9]\d*", digits):
        return int(digits)
    for shape, separator in _GROUPED:
        if found := shape.fullmatch(digits):
            cents = found["cents"]
            if cents and cents[1:] != "00":
                return None
            whole = digits[: len(digits) - len(cents)] if cents else digits
            return int(whole.replace(separator, ""))
    if marked and (found := re.fullmatch(r"(0|[1-9]\d{0,2}),00", digits)):
        return int(found[1])
    return None


def _scaled(digits: str, scale: int) -> int | None:
    # Three digits after the separator may be thousands or thousandths: nobody can tell.
    found = re.fullmatch(r"(0|[1-9]\d*)(?:[.,](\d{1,2}))?", digits)
    if found is None:
        return None
    amount = Decimal(f"{found[1]}.{found[2] or '0'}") * scale
    return int(amount) if amount == amount.to_integral_value() else None
