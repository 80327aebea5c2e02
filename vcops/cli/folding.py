"""Lines that fit the terminal they are read on. What goes into a pipe or a file stays as it is."""

from __future__ import annotations

import os
import shutil
import textwrap
from typing import TextIO

from vcops.cli.table import cell_width

__all__ = ["cut", "folded", "width_of"]

_NARROWEST = 40
"""Cells: in a narrower terminal nothing is gained by folding."""


def width_of(stream: TextIO) -> int | None:
    """Return how many cells a line may take, where somebody reads it or COLUMNS says so; else None."""
    columns = os.environ.get("COLUMNS", "")
    if not (columns.isdigit() or stream.isatty()):
        return None
    return max(_NARROWEST, shutil.get_terminal_size().columns)


def folded(text: str, width: int | None, indent: str = "  ") -> list[str]:
    """Return a text's lines, the long ones broken between words; what goes on stands further in by `indent`.

    A path or an address longer than a line stays whole, so that it can be copied.
    """
    if width is None:
        return text.split("\n")
    lines: list[str] = []
    for line in text.split("\n"):
        front = line[: len(line) - len(line.lstrip())]
        fits = cell_width(line) <= width
        lines += [line] if fits else textwrap.wrap(
            line.strip(), width, initial_indent=front, subsequent_indent=front + indent,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
    return lines


def cut(text: str, width: int) -> str:
    """Return a text's beginning in so many cells, with an ellipsis where something is left out."""
    if cell_width(text) <= width:
        return text
    while text and cell_width(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"
