"""Emoji on paper, where no font has them: a bullet for a little picture, letters for a flag, a tick for a tick.

No emoji font comes along: it would weigh ten megabytes for what a title does without, and the screen, the sheets and
the text keep what was typed. A box in its place reads like a fault of the printer, a bullet like a bullet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["signs_for", "without_rows"]

_PICTURE = "\ue000"
"""Stands for an emoji until rows of them are one; what people typed has none, as private letters are marked first."""
_BULLET = "•"
_RANGES = ((0x2300, 0x27BF), (0x2B00, 0x2BFF), (0x1F000, 0x1FAFF), (0xE0020, 0xE007F))
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_SKINS = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_SIGNS = {"✅": "✓", "☑": "✓", "✔": "✓", "❌": "✗", "❎": "✗", "✖": "✗"}
_ROW = re.compile("\ue000(?:\u200d?\ue000|\ufe0f|\u200d[\u2640\u2642\u2695\u2696\u2708\u2764])*")
"""Pictures side by side, also those that a joiner makes one of: a woman, a joiner and a scale are a judge."""


def signs_for(missing: Iterable[str]) -> dict[int, str]:
    """Return what is printed for those of the letters without a font that are emoji; then call `without_rows`."""
    return {ord(letter): _sign(letter) for letter in missing if _is_emoji(ord(letter))}


def without_rows(text: str) -> str:
    """Return a text in which `signs_for` stood, each row of pictures as one bullet."""
    return _ROW.sub(_BULLET, text) if _PICTURE in text else text


def _sign(letter: str) -> str:
    code = ord(letter)
    if code in _FLAG_LETTERS:
        return chr(ord("A") + code - _FLAG_LETTERS.start)
    if code in _SKINS or code in _TAGS:
        return ""
    return _SIGNS.get(letter, _PICTURE)


def _is_emoji(code: int) -> bool:
    return any(first <= code <= last for first, last in _RANGES)
