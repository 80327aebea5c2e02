"""What is wrong with a camera's picture: what causes the rest comes first, and what it causes is not told again.

A black picture explains everything, a dark room its noise, its blur and its slowness, a window behind the speaker the
dark face, a bad cable the small and halting picture. A cause weighs as much as the worst of what it explains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from vcops.domain.facts import Finding, weighed
from vcops.domain.verdicts import Verdict
from vcops.errors import Param

if TYPE_CHECKING:
    from vcops.domain.facts import Facts

__all__ = ["CAMERA_RULES"]

_SIZE = ("frame_width_px", "frame_height_px")
_RHYTHM = ("fps", "longest_gap_ms", "identical_frames_pct")
_DETAIL = ("sharpness_sigma_px", "noise_sigma", "flicker_ripple_pct")
_PEOPLE = ("faces_count", "face_width_px", "face_headroom_pct", "face_luma", "backlight_ratio")
_SEEN = ("luma_mean", "highlights_clipped_pct", *_DETAIL, *_PEOPLE, "white_card_chroma")
"""What is read off the picture itself: nothing of it can be believed where there is none."""
_HALTING = ("longest_gap_ms", "fps", *_SIZE, "identical_frames_pct")
_SMALL_READS_SOFT = 1280
"""Blur is told in pixels of 1920x1080: a picture narrower than this reads soft because it is small."""


def _black(facts: Facts) -> Iterator[Finding]:
    pct = facts.number("black_frames_pct")
    if facts.bad("black_frames_pct") is Verdict.FAIL:
        yield _cause(facts, "camera_black", "black_frames_pct", (*_RHYTHM, "longest_freeze_ms", *_SEEN), named=False)
    elif facts.bad("black_frames_pct"):
        yield _cause(facts, "camera_drops_out", "black_frames_pct", ("luma_mean",), {"pct": pct})


def _frozen(facts: Facts) -> Iterator[Finding]:
    if _still(facts, "longest_freeze_ms"):
        seconds = (facts.number("longest_freeze_ms") or 0.0) / 1000
        yield _cause(facts, "camera_frozen", "longest_freeze_ms", (*_RHYTHM, *_DETAIL, *_PEOPLE), {"seconds": seconds})


def _cut_off(facts: Facts) -> Iterator[Finding]:
    """Tell a cable or a network that loses the lower part of pictures."""
    if not _still(facts, "truncated_frames_pct"):
        return
    # Of a picture that mostly does not arrive nothing that is read off it can be believed.
    spoilt = ("longest_freeze_ms", *_SEEN) if facts.bad("truncated_frames_pct") is Verdict.FAIL else ()
    figures = {"pct": facts.number("truncated_frames_pct")}
    code = "camera_cut_off" + _over(facts)
    yield _cause(facts, code, "truncated_frames_pct", (*_HALTING, *spoilt), figures, named=not spoilt)


def _way(facts: Facts) -> Iterator[Finding]:
    """Tell a cable, a port or a network that does not carry the picture: halting, or small and slow."""
    gap, kind = facts.number("longest_gap_ms"), _over(facts)
    if _still(facts, "longest_gap_ms") and not _dark_now(facts):
        yield _cause(facts, f"camera_halts{kind}", "longest_gap_ms", _HALTING, {"seconds": (gap or 0.0) / 1000})
    elif _still(facts, "fps") and not _dark_now(facts) and any(facts.bad(one) for one in _SIZE):
        yield _cause(facts, f"camera_narrow{kind}", "fps", _SIZE, _sizes(facts))


def _backlight(facts: Facts) -> Iterator[Finding]:
    if _still(facts, "backlight_ratio"):
        dark_face = ("face_luma",) if _side(facts, "face_luma") < 0 else ()
        bright = ("luma_mean",) if _side(facts, "luma_mean") > 0 else ()
        explains = (*dark_face, *bright, "highlights_clipped_pct")
        yield _cause(facts, "camera_backlight", "backlight_ratio", explains, {"ratio": facts.number("backlight_ratio")})


def _dark(facts: Facts) -> Iterator[Finding]:
    if _dark_now(facts):
        dark_face = ("face_luma",) if _side(facts, "face_luma") < 0 else ()
        explains = (*_DETAIL[:2], "fps", "longest_gap_ms", "identical_frames_pct", *dark_face)
        yield _cause(facts, "camera_dark", "luma_mean", explains)


def _bright(facts: Facts) -> Iterator[Finding]:
    bright_face = ("face_luma",) if _side(facts, "face_luma") > 0 else ()
    if _still(facts, "luma_mean"):
        explains = ("highlights_clipped_pct", *bright_face)
        yield _cause(facts, "camera_bright", "luma_mean", explains)
    elif _still(facts, "highlights_clipped_pct"):
        pct = facts.number("highlights_clipped_pct")
        yield _cause(facts, "camera_burnt_out", "highlights_clipped_pct", bright_face, {"pct": pct})


def _size(facts: Facts) -> Iterator[Finding]:
    short = [one for one in _SIZE if _still(facts, one)]
    if short:
        small = (facts.number(_SIZE[0]) or 0.0) < _SMALL_READS_SOFT
        explains = (*short[1:], "sharpness_sigma_px", "face_width_px") if small else short[1:]
        yield _cause(facts, "camera_small", short[0], explains, _sizes(facts))


def _rhythm(facts: Facts) -> Iterator[Finding]:
    fps, repeated = facts.number("fps"), facts.number("identical_frames_pct")
    if _still(facts, "identical_frames_pct"):
        new = None if fps is None or repeated is None else fps * (1 - repeated / 100)
        yield _cause(facts, "camera_doubled", "identical_frames_pct", (), {"pct": repeated, "new": new})
    if _still(facts, "fps"):
        yield _cause(facts, "camera_slow", "fps", (), {"fps": fps})
    if _still(facts, "first_frame_ms"):
        seconds = (facts.number("first_frame_ms") or 0.0) / 1000
        yield _cause(facts, "camera_late", "first_frame_ms", (), {"seconds": seconds})


def _picture(facts: Facts) -> Iterator[Finding]:
    for metric, code in (
        ("flicker_ripple_pct", "camera_bands"),
        ("sharpness_sigma_px", "camera_soft"),
        ("noise_sigma", "camera_grainy"),
        ("white_card_chroma", "camera_tinted"),
    ):
        if _still(facts, metric):
            yield _cause(facts, code, metric)
    unread = facts.judged.get("sharpness_sigma_px")
    if unread and unread.required and unread.reading.note == "too_few_edges" and _untold(facts, "sharpness_sigma_px"):
        facts.explain("sharpness_sigma_px")
        yield Finding("finding.camera_plain", {"metric": "sharpness_sigma_px"}, Verdict.UNMEASURED)


def _people(facts: Facts) -> Iterator[Finding]:
    sides = {-1: ("camera_face_dark", "camera_head_cut"), 1: ("camera_face_bright", "camera_head_low")}
    for place, metric in enumerate(("face_luma", "face_headroom_pct")):
        if _still(facts, metric):
            yield _cause(facts, sides[_side(facts, metric) or 1][place], metric)
    if _still(facts, "face_width_px"):
        yield _cause(facts, "camera_face_small", "face_width_px", (), {"width": facts.number("face_width_px")})
    if _still(facts, "faces_count"):
        yield _cause(facts, "camera_nobody", "faces_count")


CAMERA_RULES: Sequence[Callable[[Facts], Iterator[Finding]]] = (
    _black, _cut_off, _frozen, _way, _backlight, _dark, _bright, _size, _rhythm, _picture, _people,
)  # fmt: skip
"""In the order in which one thing explains the next."""


def _cause(  # noqa: PLR0913 - what is said, what it is said of, and what with
    facts: Facts,
    code: str,
    metric: str,
    explains: Sequence[str] = (),
    figures: Mapping[str, Param] | None = None,
    *,
    named: bool = True,
) -> Finding:
    """Return a cause with what it explains: those are not told again, and their names go along where `named`.

    What could not be read is only explained by a cause that fails the picture: a mere warning leaves something to see.
    """
    verdicts = {
        one: weighed(facts.judged[one], verdict)
        for one in (metric, *explains)
        if one not in facts.explained and (verdict := facts.bad(one))
    }
    follow = [one for one in verdicts if one != metric]
    worst = max(verdicts.values(), key=lambda one: one.rank)
    facts.explain(metric, *follow)
    if worst is Verdict.FAIL:
        facts.explain(*explains)
    said: dict[str, Param] = facts.said(metric) | dict(figures or {})
    told = [one for one in follow if one not in _SIZE]  # a size stands in the sentence itself
    if named and told:
        said["follow"] = ",".join(told)
    return Finding(f"finding.{code}", said, worst)


def _untold(facts: Facts, metric: str) -> bool:
    return metric not in facts.explained


def _still(facts: Facts, metric: str) -> bool:
    """Whether a bound is missed that nothing has explained yet."""
    return _untold(facts, metric) and facts.bad(metric) is not None


def _side(facts: Facts, metric: str) -> int:
    """Return -1 where a reading lies below its range, 1 above, 0 within or where there is none."""
    asked = facts.standard.requirement(metric) if facts.standard else None
    value = facts.number(metric)
    if asked is None or value is None or not isinstance(asked.pass_, tuple):
        return 0
    low, high = asked.pass_
    return -1 if value < low else 1 if value > high else 0


def _dark_now(facts: Facts) -> bool:
    return _still(facts, "luma_mean") and _side(facts, "luma_mean") < 0


def _sizes(facts: Facts) -> dict[str, Param]:
    """Return the size that came and the size that is wanted, as `640x360`, and the rate."""
    came, wanted = [], []
    for one in _SIZE:
        value, (passing, _warn) = facts.number(one), facts.limits(one)
        came.append("?" if value is None else f"{value:.0f}")
        wanted.append("?" if passing is None else f"{passing:.0f}")
    return {"came": "x".join(came), "wanted": "x".join(wanted), "fps": facts.number("fps")}


def _over(facts: Facts) -> str:
    """Return `_network` where the picture came over one: only such a camera is read by FFmpeg, timed by the clock."""
    fps = facts.reading("fps")
    return "_network" if fps is not None and fps.how == "clock" and fps.instrument.endswith("ffmpeg") else ""
