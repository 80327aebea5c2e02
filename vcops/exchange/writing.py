"""CSV that spreadsheets open as a table and never as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from vcops.errors import StorageError

__all__ = ["safe_cell", "write_csv", "write_whole", "write_whole_bytes", "writing_whole"]

_FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""Also the wide signs of an Asian keyboard, which some spreadsheets take for the same."""
_NUMBER = re.compile(r"-\d+")
"""A negative amount: a spreadsheet reads it as the number that it is."""


def safe_cell(text: str) -> str:
    """Return a cell guarded by an apostrophe where a spreadsheet would calculate it; reading takes it off again."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def write_csv(path: Path, rows: Iterable[Sequence[str]], *, separator: str = ",") -> None:
    """Write a file whole or not at all, UTF-8 with the mark that Excel wants. Raises StorageError."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    write_whole(path, text.getvalue(), encoding="utf-8-sig")


def write_whole(path: Path, text: str, *, encoding: str = "utf-8") -> None:
    """Write a text file whole or not at all, its line ends as they are. Raises StorageError."""
    write_whole_bytes(path, text.encode(encoding))


def write_whole_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: what was there stays until the new one is complete. Raises StorageError."""
    with writing_whole(path) as stream:
        stream.write(content)


@contextmanager
def writing_whole(path: Path) -> Iterator[IO[bytes]]:
    """Yield what to write a file into; it takes the place of the one that was there when all went well.

    Raises StorageError.
    """
    beside = path.with_name(path.name + ".new")
    try:
        try:
            with beside.open("wb") as stream:
                yield stream
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StorageError("export.cannot_write", file=str(path), said=error.strerror or str(error)) from error
