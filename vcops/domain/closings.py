"""A closed month: its digest, what may follow it, and the code on paper that leads back to it.

"Kode verifikasi data, bukan tanda tangan elektronik": the code says which data a paper was made from. It proves no
signature, no signer and no approval, and nothing here may be printed as if it did.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from vcops.domain.periods import Period, as_date, month_text
from vcops.errors import InvalidInput

__all__ = ["Answer", "Closing", "Code", "Seal", "looks_like_code", "read_code", "written_code"]

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U, which paper and hands confuse with 1, 0 and V."""
_VALUES = {symbol: value for value, symbol in enumerate(_SYMBOLS)} | {"I": 1, "L": 1, "O": 0}
_OF_DIGEST = 14
"""Symbols taken from the digest: 70 bits. The whole digest stands in the journal and in the closing."""
_PRIME = 1021
"""The largest prime that two symbols hold: 32 and 31 have no factor in common with it, so that the remainder changes
with every single wrong symbol and with every two neighbours that changed places."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a month was closed although something lacked: `what` is a kind (`end`, `count` ...) or a meeting's id.

    An empty `what` answers everything that lacks.
    """

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """What a printed code says: the month (YYYYMM) and the beginning of its digest, in symbols of base 32."""

    month: int
    start: str

    def matches(self, digest: str) -> bool:
        """Whether a digest (64 hexadecimal digits) begins so."""
        return _start_of(digest) == self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A month that was closed, as a paper has to name it.

    `month` is YYYYMM. `digest` is the SHA-256, in 64 hexadecimal digits, over the month's rows with their children,
    the tariffs in force with their method, and the names of units and rooms. `number`, `signed_on` (YYYYMMDD) and
    `signed_sha256` (of the PDF that the office signed elsewhere and filed here) may follow the closing. `corrected`:
    a later month holds a reversing or a late entry that belongs to this one; its figures are then "setelah koreksi".
    """

    id: str
    month: int
    digest: str
    closed_at: datetime
    closed_by: str
    answers: tuple[Answer, ...] = ()
    number: str = ""
    signed_on: int | None = None
    signed_sha256: str = ""
    corrected: bool = False

    @property
    def code(self) -> str:
        """The short verification code as it is printed: see `written_code`."""
        return written_code(self.month, self.digest)

    @property
    def period(self) -> Period:
        """The month."""
        return Period.month(month_text(self.month))

    @property
    def signing_date(self) -> date | None:
        """The date that stands beside the signature, where it is known."""
        return None if self.signed_on is None else as_date(self.signed_on)


@dataclass(frozen=True, slots=True)
class Seal:
    """How much of a period is closed; `over`: its last day has passed."""

    period: Period
    closings: tuple[Closing, ...]
    over: bool

    @property
    def closing(self) -> Closing | None:
        """The closing of a single month."""
        return self.closings[0] if len(self.period.months) == 1 and self.closings else None

    @property
    def whole(self) -> bool:
        """Whether every month of it is closed."""
        return len(self.closings) == len(self.period.months)

    @property
    def can_close(self) -> bool:
        """Whether the period is one month that waits to be closed."""
        return len(self.period.months) == 1 and self.over and not self.closings


def written_code(month: int, digest: str) -> str:
    """Return the code for paper: the month, fourteen symbols of the digest, two that find a slip in typing.

    `2026-10-7K3M-9QXD-H2BV-4TNC`. Print it with the words "Kode verifikasi data, bukan tanda tangan elektronik". A PDF
    also carries it among its keywords (`Paper.code`), where `vcops verify FILE.pdf` looks for it.
    """
    start = _start_of(digest)
    symbols = start + _check(month, start)
    groups = "-".join(symbols[at : at + 4] for at in range(0, len(symbols), 4))
    return f"{month_text(month)}-{groups}"


def looks_like_code(text: str) -> bool:
    """Whether a text is meant as a printed code, rightly typed or not, rather than as a month or a file."""
    return re.fullmatch(r"\d{4}-?\d{2}-?[0-9A-Z]{10,22}", _plain(text).replace("-", ""), re.ASCII) is not None


def read_code(text: str) -> Code:
    """Read a code as people type it: small letters, spaces, no hyphens, O for 0, I or L for 1.

    Raises InvalidInput where its two last symbols do not belong to the others: a slip is not an alteration.
    """
    plain = _plain(text).replace("-", "")
    month, symbols = plain[:6], plain[6:]
    if not month.isdecimal() or not month.isascii() or not 1 <= int(month[4:]) <= 12:
        raise InvalidInput("closing.code_malformed", value=text)
    if len(symbols) != _OF_DIGEST + 2 or any(one not in _VALUES for one in symbols):
        raise InvalidInput("closing.code_malformed", value=text)
    right = "".join(_SYMBOLS[_VALUES[one]] for one in symbols)
    start, check = right[:_OF_DIGEST], right[_OF_DIGEST:]
    if check != _check(int(month), start):
        raise InvalidInput("closing.code_mistyped", value=text)
    return Code(int(month), start)


def _plain(text: str) -> str:
    return re.sub(r"[\s.\u2010-\u2015]", "", text).upper()


def _start_of(digest: str) -> str:
    value = int(digest, 16) >> (256 - 5 * _OF_DIGEST)
    return _symbols(value, _OF_DIGEST)


def _check(month: int, start: str) -> str:
    number = 0
    for value in (*map(int, f"{month:06}"), *(_VALUES[one] for one in start)):
        number = number * 32 + value
    return _symbols(number % _PRIME, 2)


def _symbols(value: int, length: int) -> str:
    return "".join(_SYMBOLS[value >> 5 * place & 31] for place in reversed(range(length)))
