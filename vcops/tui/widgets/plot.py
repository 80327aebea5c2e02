"""Numbers as bars of block characters: pure text, which costs nothing to draw and means the same without colour."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["bars", "round_up", "squeezed"]

_EIGHTHS = " ▁▂▃▄▅▆▇█"
"""A cell filled from below by none to eight eighths."""
_STEPS = (1.0, 2.0, 5.0, 10.0)


def bars(values: Sequence[float | None], width: int, height: int, top: float | None = None) -> list[str]:
    """Return `height` lines of `width` cells each, the uppermost first: one bar a value, from the left.

    A bar reaches from 0 to its value, `top` being full height (the largest value where it is not given). Whatever was
    measured shows, a zero as the lowest mark there is; None leaves its column empty. More values than columns are
    drawn together (`squeezed`), one column a mean. Nothing to draw on gives no lines.
    """
    if width < 1 or height < 1:
        return []
    columns = squeezed(values, width)
    known = [one for one in columns if one is not None]
    full = top if top is not None else max(known, default=0.0)
    levels = [_level(one, full, height * 8) for one in columns]
    lines = []
    for row in range(height - 1, -1, -1):
        cells = "".join(_EIGHTHS[min(max(level - row * 8, 0), 8)] for level in levels)
        lines.append(cells.ljust(width))
    return lines


def squeezed(values: Sequence[float | None], width: int, together: int = 1) -> list[float | None]:
    """Return at most `width` values, each the mean of as many neighbours as it takes, at least `together`.

    Groups are counted from the first value on, so what was drawn before stays as it was when a value is added. A
    group without any measured value is None.
    """
    if width < 1:
        return []
    size = max(together, math.ceil(len(values) / width), 1)
    groups = [values[start : start + size] for start in range(0, len(values), size)]
    return [_mean([one for one in group if one is not None]) for group in groups]


def round_up(value: float) -> float:
    """Return the next of 1, 2, 5, 10, 20, 50 and so on that is not below `value`: the end of an axis."""
    if value <= 0 or not math.isfinite(value):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next((step * power for step in _STEPS if step * power >= value * (1 - 1e-9)), 10.0 * power)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _level(value: float | None, full: float, levels: int) -> int:
    if value is None or not math.isfinite(value):
        return 0
    share = value / full if full > 0 else 0.0
    return max(1, round(min(max(share, 0.0), 1.0) * levels))
