"""One look at a sequence of frames: which figure is taken from which of them, and what they come to.

Every frame gives its time, size, brightness and likeness to the one before. What costs more (edges, noise, clipped
highlights, faces) is looked for now and then: analysing must not cost much more than decoding did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from vcops.probes.camera.exposure import BLACK_BELOW, clipped_pct, mean_luma
from vcops.probes.camera.faces import Faces
from vcops.probes.camera.flicker import RowMeans
from vcops.probes.camera.freeze import Freezes
from vcops.probes.camera.luma import Picture, luma_copy, sampled_copy
from vcops.probes.camera.noise import noise_sigma
from vcops.probes.camera.sharpness import Averaging
from vcops.probes.camera.truncated import Damage
from vcops.probes.camera.whitecard import Box, card_chroma

__all__ = ["Analysis", "Found"]

DETAIL_EVERY_S = 0.5
"""How often noise and highlights are looked at."""
EDGES_EVERY_S = 1.0
"""How often edges are looked for; each look takes eight frames."""
FACES_EVERY_S = 1.6
"""How often faces are looked for: five times in eight seconds."""


@dataclass(frozen=True, slots=True)
class Found:
    """One figure. Without a value it could not be judged, and `note` says why as a code."""

    metric: str
    value: float | None
    how: str
    samples: int
    note: str | None = None


@dataclass(slots=True)
class Analysis:
    """Takes frames one by one and keeps only what the figures need."""

    faces: Faces | None = None
    """None where faces are not looked for."""
    card: Box | None = None
    """Where a white sheet is held; None where nobody was asked to."""
    faces_every_s: float = FACES_EVERY_S
    times: list[float] = field(default_factory=list)
    """When each frame was there, in seconds."""
    sizes: Counter[tuple[int, int]] = field(default_factory=Counter)
    lumas: list[float] = field(default_factory=list)
    damage: Damage = field(default_factory=Damage)
    undecoded: int = 0
    """Frames that came, but could not be decoded."""
    freezes: Freezes = field(default_factory=Freezes)
    rows: RowMeans = field(default_factory=RowMeans)
    sharpness: Averaging = field(default_factory=Averaging)
    noises: list[float | None] = field(default_factory=list)
    clipped: list[float] = field(default_factory=list)
    chromas: list[float | None] = field(default_factory=list)
    _edges_at: float = float("-inf")
    _detail_at: float = float("-inf")
    _faces_at: float = float("-inf")

    def add(self, frame: Picture, at: float) -> None:
        """Take a frame that was there at `at`."""
        sampled = sampled_copy(frame)
        self.times.append(at)
        self.sizes[frame.shape[1], frame.shape[0]] += 1
        self.lumas.append(mean_luma(sampled))
        same = self.freezes.add(sampled, at)
        self.rows.add(sampled, at)
        damaged = not same and self.damage.add(sampled)
        if self.lumas[-1] >= BLACK_BELOW and not damaged:  # otherwise nothing is to be seen on it, or only on a part
            self._look_closer(frame, at, same)

    def _look_closer(self, frame: Picture, at: float, same: bool) -> None:
        edges = not self.sharpness.resting or (not same and at - self._edges_at >= EDGES_EVERY_S)
        detail = not same and at - self._detail_at >= DETAIL_EVERY_S
        faces = not same and self.faces is not None and at - self._faces_at >= self.faces_every_s
        if not (edges or detail or faces):
            return
        luma = luma_copy(frame)
        if edges:
            self._edges_at = at if self.sharpness.resting else self._edges_at
            self.sharpness.add(luma)
        if detail:
            self._detail_at = at
            self.noises.append(noise_sigma(luma))
            self.clipped.append(clipped_pct(luma))
            if self.card is not None:
                self.chromas.append(card_chroma(frame, self.card))
        if faces and self.faces is not None:
            self._faces_at = at
            self.faces.add(frame, luma)

    @property
    def count(self) -> int:
        """How many frames were taken."""
        return len(self.times)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of most of the frames."""
        return self.sizes.most_common(1)[0][0]

    @property
    def fps(self) -> float | None:
        """Frames a second from the first to the last; None before the second frame."""
        span = self.times[-1] - self.times[0] if self.times else 0.0
        return (self.count - 1) / span if span > 0 else None

    @property
    def longest_gap_ms(self) -> float | None:
        """The longest time between two frames that follow each other."""
        return float(np.diff(self.times).max()) * 1000 if self.count > 1 else None

    def found(self, timed: str) -> Iterator[Found]:
        """Yield the figures so far; `timed` is the code of what gave the frames their times."""
        if not self.count:
            return
        yield from self._of_every_frame(timed)
        yield from self._of_details()
        if self.faces is not None:
            yield from self._of_faces(self.faces)
        if self.card is not None:
            yield _middle("white_card_chroma", self.chromas, "card-chroma-ab", "no_white_card")

    def _of_every_frame(self, timed: str) -> Iterator[Found]:
        width, height = self.size
        changed = "size_changed" if len(self.sizes) > 1 else None
        black = sum(one < BLACK_BELOW for one in self.lumas)
        every, damaged = self.count, self.damage.count + self.undecoded
        yield Found("frame_width_px", width, "frame-shape", every, changed)
        yield Found("frame_height_px", height, "frame-shape", every, changed)
        for metric, value, how in (
            ("fps", self.fps, timed),
            ("longest_gap_ms", self.longest_gap_ms, timed),
            ("identical_frames_pct", self.freezes.identical_pct, "luma-640-equal"),
            ("longest_freeze_ms", self.freezes.longest_freeze_ms, "luma-640-equal"),
            ("black_frames_pct", 100 * black / every, "luma-640-below-20"),
            ("truncated_frames_pct", 100 * damaged / (every + self.undecoded), "lower-part-missing"),
            ("luma_mean", sum(self.lumas) / every, "luma-640-mean"),
        ):
            if value is not None:
                yield Found(metric, value, how, every)

    def _of_details(self) -> Iterator[Found]:
        yield _middle("highlights_clipped_pct", self.clipped, "luma-640-from-250", "nothing_seen")
        sigmas = self.sharpness.sigmas
        note = None if self.sharpness.sigma is not None else "too_few_edges" if sigmas else "too_short"
        yield Found("sharpness_sigma_px", self.sharpness.sigma, "edge-sigma-mean-of-8", len(sigmas), note)
        yield _middle("noise_sigma", self.noises, "immerkaer-calmest-tenth", "too_much_clipped")
        ripple = self.rows.ripple
        note = None if ripple is not None else "rate_hides_flicker" if self.rows.unseen else "too_short"
        yield Found("flicker_ripple_pct", ripple, "row-means-100-hz", len(self.rows.ripples), note)

    def _of_faces(self, faces: Faces) -> Iterator[Found]:
        looks = len(faces.looks)
        note = None if faces.judged else "too_short"
        yield Found("faces_count", faces.count, "mtcnn-three-in-five", looks, note)
        for metric, name in (
            ("face_width_px", "width_px"),
            ("face_headroom_pct", "headroom_pct"),
            ("face_luma", "luma"),
            ("backlight_ratio", "backlight"),
        ):
            value = faces.middle(name)
            how = "linear-light-around-face" if metric == "backlight_ratio" else "mtcnn-three-in-five"
            yield Found(metric, value, how, looks, None if value is not None else note or "no_face")


def _middle(metric: str, values: list[float] | list[float | None], how: str, unseen: str) -> Found:
    """Return the median of what could be judged; nothing where that was less than half."""
    known = [one for one in values if one is not None]
    enough = bool(known) and 2 * len(known) >= len(values)
    note = None if enough else unseen if values else "nothing_seen"
    return Found(metric, float(np.median(known)) if enough else None, how, len(values), note)
