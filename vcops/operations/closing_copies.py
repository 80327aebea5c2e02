"""What a closing puts into a second folder: the database, the papers, and the digest as a text that anyone can read.

`PARTS` is the one place that knows which papers those are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from vcops.domain.closings import Closing
from vcops.domain.periods import Period
from vcops.errors import Conflict, StorageError, VcopsError
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from vcops.domain.reports import Report

__all__ = ["PARTS", "copy_out", "copy_signed"]

Writer = Callable[[Workplace, "Report", Path], None]


def _pdf(workplace: Workplace, report: Report, path: Path) -> None:
    from vcops.operations.papers import print_report

    print_report(workplace, report, path)


def _workbook(_workplace: Workplace, report: Report, path: Path) -> None:
    from vcops.operations.reports import write_workbook

    write_workbook(report, path)


def _sheet(_workplace: Workplace, report: Report, path: Path) -> None:
    from vcops.operations.reports import write_csv

    write_csv(report, path)


def _text(_workplace: Workplace, report: Report, path: Path) -> None:
    from vcops.operations.reports import write_text

    write_text(report, path)


PARTS: Mapping[str, Writer] = {".pdf": _pdf, ".xlsx": _workbook, ".csv": _sheet, ".txt": _text}
"""The papers of a month by the ending of their file."""


def copy_out(workplace: Workplace, period: Period) -> list[Path]:
    """Write a closed month's database, papers and digest into the second folder; return the files.

    What is there from before is replaced when the new file is whole. Raises Conflict where no folder is set or the
    month is open, StorageError where the copies are not complete.
    """
    from vcops.operations import databases, reports
    from vcops.operations.closing import closing_of

    closing = closing_of(workplace, period)
    if closing is None:
        raise Conflict("closing.open", month=period.first_month)
    folder = _folder(workplace, period, closing)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        database, fresh = folder / f"vcops-{period.first}.db", folder / f"vcops-{period.first}.db.new"
        fresh.unlink(missing_ok=True)
        databases.back_up(workplace, fresh)
        fresh.replace(database)
        report = reports.over(workplace, period)
        written = [database]
        for ending, write in PARTS.items():
            path = folder / f"laporan-{period.first}{ending}"
            write(workplace, report, path)
            written.append(path)
        digest = folder / f"digest-{period.first}.txt"
        _write_digest(workplace, closing, digest)
    except OSError as error:
        raise _incomplete(period, closing, folder, error.strerror or str(error)) from error
    except VcopsError as error:
        raise _incomplete(period, closing, folder, str(error.params.get("said") or error)) from error
    return [*written, digest]


def copy_signed(workplace: Workplace, period: Period, signed: Path) -> Path:
    """Put the office's signed PDF beside the copies. Raises as `copy_out`."""
    from vcops.exchange import write_whole_bytes
    from vcops.operations.closing import closing_of

    closing = closing_of(workplace, period)
    if closing is None:
        raise Conflict("closing.open", month=period.first_month)
    folder = _folder(workplace, period, closing)
    target = folder / f"arsip-{period.first}.pdf"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (target.exists() and target.samefile(signed)):
            write_whole_bytes(target, signed.read_bytes())
    except OSError as error:
        raise _incomplete(period, closing, folder, error.strerror or str(error)) from error
    except StorageError as error:
        raise _incomplete(period, closing, folder, str(error.params.get("said") or error)) from error
    return target


def _folder(workplace: Workplace, period: Period, closing: Closing) -> Path:
    if not workplace.settings.closing_copies:
        raise Conflict("closing.no_folder", month=closing.month, period=period.first)
    return Path(workplace.settings.closing_copies).expanduser() / period.first


def _incomplete(period: Period, closing: Closing, folder: Path, said: str) -> StorageError:
    return StorageError(
        "closing.copies_failed", month=closing.month, period=period.first, folder=str(folder), said=said
    )


def _write_digest(workplace: Workplace, closing: Closing, path: Path) -> None:
    from vcops.documents.closing_text import closing_text
    from vcops.exchange import write_whole
    from vcops.operations import directory

    write_whole(path, closing_text(closing, directory.office(workplace)))
