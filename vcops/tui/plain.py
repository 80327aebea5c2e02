"""Text from people, made safe to draw: never markup, never a control character."""

from __future__ import annotations

import re
from typing import NamedTuple

from textual.content import Content

__all__ = ["TONES", "Cell", "clean", "clean_lines", "plain", "toned"]

# C0 and C1 controls (an escape sequence in a title would reach the terminal) and the marks that turn writing round.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")

TONES = {
    "": "",
    "strong": "bold",
    "dim": "$text-muted",
    "accent": "$accent",
    "good": "$text-success",
    "warn": "$text-warning",
    "bad": "$text-error",
    "cursor": " ".join(("$block-cursor-foreground", "on", "$block-cursor-background")),
}
"""What a text may be, and its style. The word always says it too."""


class Cell(NamedTuple):
    """A text of a table with its tone, one of `TONES`."""

    text: str
    tone: str = ""


def clean(text: str) -> str:
    """Return a text on one line without control characters."""
    return _CONTROLS.sub(" ", text)


def clean_lines(text: str) -> str:
    """Return a text without control characters, its lines kept."""
    return "\n".join(clean(line) for line in text.split("\n"))


def plain(text: str) -> Content:
    """Return a text from a person as it was written: brackets are brackets."""
    return Content(clean_lines(text))


def toned(text: str, tone: str) -> Content:
    """Return a text in a tone."""
    return Content.styled(clean(text), TONES[tone])
