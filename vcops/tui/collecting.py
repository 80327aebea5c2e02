"""Python's full collections of garbage: between the keys, not in the midst of one."""

from __future__ import annotations

import gc

__all__ = ["BREATH", "collect_between_keys", "collect_in_pause", "postpone_full_collections"]

YOUNG, MIDDLE = 25_000, 10
"""Objects before the youngest are looked through, and so many times of that before the next older.

What opens a dialog makes some 15,000: at Python's usual 700, or at 2,000, an eighth of the time it takes went there."""
WORTH_A_BREATH = 5_000
"""With fewer objects made since the last time the next key has room enough."""
AT_LAST = 300
"""So many of those before all are, whoever is waiting: of a program whose keys never rest."""
WORTH_IT = 3
"""With fewer of those since the last time there is little to find."""
BREATH, PAUSE = 0.2, 2.0
"""Seconds without a key after which the young are looked through (some 4 ms), and those that are taken for a pause."""


def postpone_full_collections() -> None:
    """Let Python look through everything only at last: it takes 20 to 40 ms, which a key would wait for.

    What is there by now is left out for good: walking through all that was imported would take 60 ms more.
    """
    gc.set_threshold(YOUNG, MIDDLE, AT_LAST)
    gc.freeze()


def collect_between_keys(seconds: float) -> None:
    """Look through what the last keys have made if none has come for so many seconds; the next key finds it done."""
    if seconds >= BREATH and gc.get_count()[0] >= WORTH_A_BREATH:
        gc.collect(1)


def collect_in_pause(seconds: float) -> None:
    """Look through everything if no key has come for so many seconds, and if it is worth it."""
    if seconds >= PAUSE and gc.get_count()[2] >= WORTH_IT:
        gc.collect()
