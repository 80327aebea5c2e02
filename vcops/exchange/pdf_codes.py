"""The codes of closed months that a PDF carries among its keywords, and the digest of the whole file.

A PDF is read no further than that: its document information and its XMP packet lie in it as they are or deflated, and
a signature is added behind them.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from vcops.errors import InvalidInput

__all__ = ["codes_in", "digest_of_pdf"]

_CODE = re.compile(rb"(?<![0-9A-Z-])\d{4}-\d{2}(?:-[0-9A-HJKMNP-TV-Z]{4}){4}(?![0-9A-Z-])")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_MOST_BYTES = 200_000_000
"""A report with its photographs is a hundredth of that."""
_MOST_INFLATED = 4_000_000
"""Of one stream: what holds keywords is far smaller."""


def codes_in(file: Path) -> list[str]:
    """Return the codes in a PDF, each once, in the order in which they stand. Raises InvalidInput."""
    content = _read(file)
    found = [match[0].decode() for part in _parts(content) for match in _CODE.finditer(part)]
    return list(dict.fromkeys(found))


def digest_of_pdf(file: Path) -> str:
    """Return the SHA-256 of a PDF's bytes, in hexadecimal. Raises InvalidInput."""
    return hashlib.sha256(_read(file)).hexdigest()


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InvalidInput("closing.no_pdf", file=str(file))
        content = file.read_bytes()
    except OSError as error:
        raise InvalidInput("closing.unreadable", file=str(file), said=error.strerror or str(error)) from error
    if not content.startswith(b"%PDF-"):
        raise InvalidInput("closing.no_pdf", file=str(file))
    return content


def _parts(content: bytes) -> Iterator[bytes]:
    """Yield the file as it is, then what is inflated of it; text of two bytes a letter as text of one."""
    yield content
    yield content.replace(b"\0", b"")
    for start in _STREAM.finditer(content):
        try:
            # No more than its own bytes: what is left over would be copied, the whole rest of the file each time.
            end = content.find(b"endstream", start.end())
            yield zlib.decompressobj().decompress(content[start.end() : max(end, 0) or None], _MOST_INFLATED)
        except zlib.error:
            continue
