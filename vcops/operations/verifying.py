"""Verifying a closed month, by its name, the code on a paper, or a PDF: what was altered since, to row and field."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vcops.domain.closings import Closing, Code, looks_like_code, read_code
from vcops.domain.journal import Entry, EntryCode, Fault, Verification
from vcops.domain.periods import Period
from vcops.errors import Conflict, InvalidInput
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = [
    "Verified", "VerifiedEntry", "lock_faults", "verify", "verify_all", "verify_entry", "verify_file", "verify_text",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying one month found.

    `rows` were kept at the closing. `code` is what was given to compare with, if anything. `filed`: the file that was
    given is, byte for byte, the signed PDF that the office filed; None where no file was given. `faults` are cut off
    at some hundred; `more` says how many were left out.
    """

    closing: Closing
    rows: int
    faults: tuple[Fault, ...]
    more: int = 0
    code: str = ""
    filed: bool | None = None

    @property
    def intact(self) -> bool:
        """Whether nothing was altered since the closing."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class VerifiedEntry:
    """What the journal says of the entry that a draft or a record was printed after.

    `entry` is None where the journal does not have it; `found` is about the journal from its first entry to this one.
    """

    code: EntryCode
    entry: Entry | None
    found: Verification

    @property
    def intact(self) -> bool:
        """Whether the journal was that of the paper, and is so up to there."""
        return self.entry is not None and self.found.intact


def verify(workplace: Workplace, period: Period) -> Verified:
    """Compare a closed month with what was kept of it. Raises Conflict where it is open, StorageError."""
    with workplace.store.reading() as connection:
        return _verified(connection, period.first_month)


def verify_all(workplace: Workplace) -> list[Verified]:
    """Compare every month that is closed, or was by the journal. Raises StorageError."""
    from vcops.store.closing import journalled_closings, unjournalled_months

    with workplace.store.reading() as connection:
        known = journalled_closings(connection)
        others = unjournalled_months(connection, [row["id"] for row in known.values()])
        return [_verified(connection, month) for month in sorted({*known, *others})]


def lock_faults(workplace: Workplace) -> list[Fault]:
    """Return what is not as it should be with the triggers, be any month closed or not. Raises StorageError."""
    from vcops.store.locks import compare_locks

    with workplace.store.reading() as connection:
        return list(compare_locks(connection))


def verify_text(workplace: Workplace, text: str) -> Verified:
    """Verify what was typed: a month, or the code on a paper.

    Raises InvalidInput for a slip in typing, Conflict where the month is open, also one that a code was printed for.
    """
    if not looks_like_code(text):
        return verify(workplace, Period.month(text))
    code = read_code(text)
    with workplace.store.reading() as connection:
        return _with_code(connection, code, text.strip())


def verify_entry(workplace: Workplace, code: EntryCode) -> VerifiedEntry:
    """Look for the entry that a draft or a record names, and follow the journal up to it. Raises StorageError."""
    from vcops.store.verifying import verify_entry as follow_to

    with workplace.store.reading() as connection:
        return VerifiedEntry(code, *follow_to(connection, code))


def verify_file(workplace: Workplace, file: Path) -> Verified:
    """Verify a PDF: the office's signed one by its bytes, any other by the code in it.

    Raises InvalidInput for what is no PDF or bears no code, Conflict where its month is open.
    """
    from vcops.exchange.pdf_codes import codes_in, digest_of_pdf
    from vcops.store.closing import closings

    digest = digest_of_pdf(file)
    codes = codes_in(file)
    with workplace.store.reading() as connection:
        filed = next((one for one in closings(connection) if one.signed_sha256 == digest), None)
        if filed is not None and not codes:
            found = _verified(connection, filed.month)
            return _as_file(found, filed=True)
        if not codes:
            raise InvalidInput("closing.pdf_without_code", file=str(file))
        return _as_file(_with_code(connection, read_code(codes[0]), codes[0]), filed=filed is not None)


def _as_file(found: Verified, *, filed: bool) -> Verified:
    return Verified(found.closing, found.rows, found.faults, found.more, found.code, filed)


def _with_code(connection: Connection, code: Code, given: str) -> Verified:
    found = _found(connection, code.month)
    if found is None:
        raise Conflict("closing.code_unknown", given=given, month=code.month)
    if code.matches(found.closing.digest):
        return Verified(found.closing, found.rows, found.faults, found.more, given)
    other = Fault("closed.other_code", {"given": given, "code": found.closing.code})
    return Verified(found.closing, found.rows, (other, *found.faults), found.more, given)


def _verified(connection: Connection, month: int) -> Verified:
    found = _found(connection, month)
    if found is None:
        raise Conflict("closing.open", month=month)
    return found


def _found(connection: Connection, month: int) -> Verified | None:
    """Compare a month with its closing as the journal has it; as it is stored only where the journal has none.

    None where neither has one.
    """
    from vcops.store import tables
    from vcops.store.closing import compare_with_kept, journalled_closings, read_closing, stored_closing
    from vcops.store.faults import Faults
    from vcops.store.locks import compare_locks
    from vcops.store.verifying import compare_with_journal

    row = journalled_closings(connection).get(month) or stored_closing(connection, month)
    if row is None:
        return None
    faults = Faults()
    for fault in compare_locks(connection):
        faults.add(fault)
    rows = compare_with_kept(connection, row, faults)
    compare_with_journal(connection, tables.Closing, row["id"], faults)
    return Verified(read_closing(connection, row), rows, tuple(faults.kept), faults.more)
