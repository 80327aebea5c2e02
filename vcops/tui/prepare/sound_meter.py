"""A sound check under way: what to do right now, and how loud it is beside what it should be.

No decibels: whoever speaks looks for a word. They stand among the readings afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len

from vcops.domain.standards import Standard
from vcops.formats.numbers import number
from vcops.locale import N_, _
from vcops.tui.plain import Cell
from vcops.tui.prepare.checking import RunningCheck
from vcops.tui.prepare.live import progress_bar
from vcops.tui.prepare.paper import Paper
from vcops.tui.sentences import explain

__all__ = ["Bounds", "bounds_of", "put_listening", "put_meter"]

_DOES = {
    "sound.waiting": N_("○ One moment …"),
    "sound.listening": N_("● Speak now …"),
    "sound.chirp": N_("♪ Be silent: the test tone sounds …"),
    "sound.recording": N_("● Speak now …"),
    "sound.playing": N_("♪ Listen: this is what you said …"),
    "sound.sounding": N_("♪ Listen: the test tone sounds …"),
}
"""What a person has to do while the probe does what the code says."""
_NEXT = {
    "sound.waiting": N_("Speak when you are asked to."),
    "sound.listening": N_("A test tone follows: be silent then."),
    "sound.recording": N_("Then listen: it is played and not kept."),
}
_QUIETEST, _LOUDEST = -60.0, 0.0
_SILENT = -90.0
"""At or below this, in dBFS, a meter shows the rounding of 16 bits and no sound."""
_CUT_OFF = -0.05
_SHARES = (0.31, 0.37, 0.68)
"""Where on the bar the three bounds stand. They divide it by words and not by decibels: each word finds its place."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Levels in dBFS: below `faint` it fails, from `low` to `high` it passes."""

    faint: float = -40.0
    low: float = -35.0
    high: float = -12.0


def bounds_of(standard: Standard | None) -> Bounds:
    """Return the bounds on the level of a voice, from the standard that will judge it."""
    asked = standard.requirement("mic_active_dbfs") if standard else None
    if asked is None or not isinstance(asked.pass_, tuple):
        return Bounds()
    low, high = asked.pass_
    return Bounds(asked.warn[0] if isinstance(asked.warn, tuple) else low, low, high)


def put_listening(paper: Paper, check: RunningCheck, standard: Standard | None, *, tall: bool) -> None:
    """Put a running sound check. It is as high at its end as at its beginning, so nothing is laid out anew."""
    does = _("Stopping …") if check.stopped else _(_DOES.get(check.code, _DOES["sound.waiting"]))
    paper.ends([Cell(does, "accent")], Cell(_left(check.params.get("left_s")), "accent"))
    paper.line(*progress_bar(check.fraction, paper.width))
    if check.failed is not None:
        paper.paragraph(explain(check.failed.code, check.failed.params).message, "warn")
    paper.blank()
    level, held = _figure(check, "level_dbfs"), _figure(check, "hold_dbfs")
    put_meter(paper, level, held, bounds_of(standard), rows=2 if tall else 1)
    paper.line(_judged(held, _figure(check, "peak_dbfs"), bounds_of(standard), str(check.params.get("device") or "")))
    paper.line(Cell(_(_NEXT[check.code]) if check.code in _NEXT else "", "dim"))


def put_meter(paper: Paper, level: float | None, held: float | None, bounds: Bounds, *, rows: int = 1) -> None:
    """Put the bar with the highest level of late marked on it, and below it what each part of it means."""
    wide = paper.width
    marks = [round(wide * share) for share in _SHARES]
    filled = 0 if level is None else round(wide * _share(level, bounds))
    top = None if held is None else min(round(wide * _share(held, bounds)), wide - 1)
    for _row in range(rows):
        paper.line(*_bar(wide, filled, top, marks, "dim" if held is None else _TONES[_zone(held, bounds)]))
    words = (_("too soft"), "", _("good"), _("too loud"))
    starts = [0, *(mark + 1 for mark in marks)]
    pieces = []
    for at, (word, start, end) in enumerate(zip(words, starts, [*marks, wide], strict=True)):
        here = held is not None and _zone(held, bounds) == at
        pieces.append(Cell(_fitted(word, end - start), _TONES[at] if here else "dim"))
        pieces += [Cell("│", "dim")] if at < len(marks) else []
    paper.line(*pieces)


_TONES = ("warn", "warn", "good", "warn")
"""How the parts of the bar look, from soft to loud; the words below say it too."""


def _bar(wide: int, filled: int, top: int | None, marks: list[int], tone: str) -> Iterator[Cell]:
    """Yield the level, what is empty above it, and in that the highest of late; the tone says what that is worth."""
    empty = "".join("│" if at in marks else "·" for at in range(filled, wide))
    yield Cell("█" * filled, tone)
    if top is None or top < filled:
        yield Cell(empty, "dim")
    else:
        yield Cell(empty[: top - filled], "dim")
        yield Cell("┃", tone)
        yield Cell(empty[top - filled + 1 :], "dim")


def _fitted(word: str, room: int) -> str:
    """Return a word in the middle of its room; the last part of it where it does not fit: `terlalu pelan`, `pelan`."""
    while cell_len(word) > room and " " in word:
        word = word.partition(" ")[2]
    return word[:room].center(room)


def _share(level: float, bounds: Bounds) -> float:
    """Return how far along the bar a level stands, 0 to 1: evenly between one bound and the next."""
    levels = [_QUIETEST, bounds.faint, bounds.low, bounds.high, _LOUDEST]
    shares = [0.0, *_SHARES, 1.0]
    for (low, high), (begin, end) in zip(pairwise(levels), pairwise(shares), strict=True):
        if level < high:
            return begin + (end - begin) * max(0.0, (level - low) / (high - low))
    return 1.0


def _zone(level: float, bounds: Bounds) -> int:
    """Return in which part of the bar a level lies, 0 to 3."""
    return sum((level >= bounds.faint, level >= bounds.low, level > bounds.high))


def _judged(held: float | None, peak: float | None, bounds: Bounds, device: str) -> Cell:
    """Return in words what to change; where nothing is heard, the device that plays."""
    if held is None:
        return Cell(device, "dim")
    if held <= _SILENT:
        return Cell("✗ " + _("No sound at all: is the microphone switched on?"), "bad")
    if peak is not None and peak >= _CUT_OFF:
        return Cell("✗ " + _("Distorted: move away from the microphone"), "bad")
    said = (
        N_("Too soft: come closer to the microphone"),
        N_("A little soft: come closer to the microphone"),
        N_("Good"),
        N_("Too loud: move away from the microphone"),
    )
    zone = _zone(held, bounds)
    return Cell(("✓ " if zone == 2 else "! ") + _(said[zone]), _TONES[zone])


def _left(seconds: object) -> str:
    """Return how many seconds are left, counted down to one."""
    if not isinstance(seconds, int | float):
        return ""
    return _("{seconds} s").format(seconds=number(max(1.0, float(-(-seconds // 1)))))


def _figure(check: RunningCheck, name: str) -> float | None:
    value = check.params.get(name)
    return float(value) if isinstance(value, int | float) else None
