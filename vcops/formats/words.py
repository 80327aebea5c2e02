"""Whole numbers in words, as amounts are written out on paper."""

from __future__ import annotations

__all__ = ["MOST", "in_words", "rupiah_in_words"]

MOST = 10**24 - 1
"""The largest number that has words here: beyond ten million meetings of the most people at the dearest tariff."""
_ID_ONES = (
    "", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_ID_SCALES = (
    (10**21, "sekstiliun"), (10**18, "kuintiliun"), (10**15, "kuadriliun"), (10**12, "triliun"), (10**9, "miliar"),
    (10**6, "juta"),
)  # fmt: skip
_EN_ONES = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_EN_SCALES = (
    (10**21, "sextillion"), (10**18, "quintillion"), (10**15, "quadrillion"), (10**12, "trillion"), (10**9, "billion"),
    (10**6, "million"), (10**3, "thousand"),
)  # fmt: skip


def in_words(value: int, language: str = "id") -> str:
    """Return a whole number in words, in Indonesian or English. Raises ValueError beyond `MOST`."""
    if abs(value) > MOST:
        raise ValueError(f"no words for {value}")
    if value == 0:
        return "zero" if language == "en" else "nol"
    words = _english(abs(value)) if language == "en" else _indonesian(abs(value))
    return f"minus {words}" if value < 0 else words


def rupiah_in_words(value: int, language: str = "id") -> str:
    """Return an amount as papers write it out: `delapan miliar ... rupiah`."""
    return f"{in_words(value, language)} rupiah"


def _indonesian(value: int) -> str:
    parts = []
    for scale, name in _ID_SCALES:
        count, value = divmod(value, scale)
        if count:
            parts.append(f"{_id_hundreds(count)} {name}")
    thousands, value = divmod(value, 1000)
    if thousands:
        parts.append("seribu" if thousands == 1 else f"{_id_hundreds(thousands)} ribu")
    if value:
        parts.append(_id_hundreds(value))
    return " ".join(parts)


def _id_hundreds(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    parts = []
    if hundreds:
        parts.append("seratus" if hundreds == 1 else f"{_ID_ONES[hundreds]} ratus")
    if rest:
        parts.append(_id_below_hundred(rest))
    return " ".join(parts)


def _id_below_hundred(value: int) -> str:
    if value < 12:
        return _ID_ONES[value]
    if value < 20:
        return f"{_ID_ONES[value - 10]} belas"
    tens, ones = divmod(value, 10)
    return f"{_ID_ONES[tens]} puluh {_ID_ONES[ones]}".rstrip()


def _english(value: int) -> str:
    parts = []
    for scale, name in _EN_SCALES:
        count, value = divmod(value, scale)
        if count:
            parts.append(f"{_en_hundreds(count)} {name}")
    if value:
        parts.append(_en_hundreds(value))
    return " ".join(parts)


def _en_hundreds(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    parts = [f"{_EN_ONES[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        parts.append(_EN_TENS[tens] + (f"-{_EN_ONES[ones]}" if ones else ""))
    elif rest:
        parts.append(_EN_ONES[rest])
    return " ".join(parts)
