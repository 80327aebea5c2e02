"""Toasts: short words at the edge of the screen. Two at most, and what only confirms goes with the next key."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from textual.notifications import Notification
    from textual.screen import Screen

__all__ = ["STYLE", "lift", "read", "surplus"]

MOST = 2
"""More would cover what they are about."""
SEEN_AFTER = 1.0
"""Seconds. A key that comes sooner was on its way before the words could be read."""

STYLE = """
ToastRack { margin: 0 1 1 0; }
Toast { width: auto; max-width: 72; padding: 0 1; margin: 0; }
"""
"""Above the footer, on the right and as wide as the words: there a list ends and a form has nothing."""


def lift(screen: Screen[Any], rows: int) -> None:
    """Let the toasts of a screen stand so many rows above the one over the footer."""
    for rack in screen.query("ToastRack"):
        rack.styles.margin = (0, 1, 1 + rows, 0)


def read(shown: Iterable[Notification]) -> list[Notification]:
    """Return those that the next key takes away: what only confirms, once it could be read. A refusal stays."""
    now = time.time()
    return [one for one in shown if one.severity == "information" and now - one.raised_at >= SEEN_AFTER]


def surplus(shown: Iterable[Notification]) -> list[Notification]:
    """Return those that make room for one more: what confirms goes before what refuses, the older before the newer."""
    by_worth = sorted(shown, key=lambda one: (one.severity != "information", one.raised_at))
    return by_worth[: max(0, len(by_worth) - MOST + 1)]
