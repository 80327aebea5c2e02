"""How soft the picture is: the blur of its sharpest edges.

S. Zhuo and T. Sim, "Defocus map estimation from a single image", Pattern Recognition 44 (2011): an edge that is
blurred once more loses gradient in a ratio R that depends on its own blur alone, so that
sigma = s0 / sqrt(R^2 - 1), whatever the contrast. The variance of the Laplacian, which many tools use, orders scenes
by how much there is to see and is fooled by noise. Linear motion blur goes unnoticed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from vcops.probes.camera.luma import Picture, full_hd_scale

__all__ = ["AVERAGED", "Averaging", "edge_sigma"]

AVERAGED = 8
"""Frames that are averaged against noise before edges are looked for."""
_REBLUR = 1.0
_STRONGEST = 0.02
_FEWEST_RIDGES = 50
_FAINTEST = 8.0
"""Gradient (luma a pixel) below which an edge is noise or compression, not a thing in the room."""


@dataclass(slots=True)
class Averaging:
    """Gathers frames that follow each other until there are enough for one look at the edges."""

    _sum: Picture | None = None
    count: int = 0
    sigmas: list[float | None] = field(default_factory=list)
    """One a look; None where there were too few edges."""

    def add(self, luma: Picture) -> None:
        """Take a luma copy; the `AVERAGED`th completes a look. Another size starts anew."""
        if self._sum is None or self._sum.shape != luma.shape:
            self._sum, self.count = np.zeros(luma.shape, np.float32), 0
        cv2.accumulate(luma, self._sum)
        self.count += 1
        if self.count == AVERAGED:
            self.sigmas.append(edge_sigma(self._sum / AVERAGED))
            self._sum, self.count = None, 0

    @property
    def resting(self) -> bool:
        """Whether no look is under way."""
        return self.count == 0

    @property
    def sigma(self) -> float | None:
        """The median over the looks; None where fewer than half of them found edges."""
        found = [one for one in self.sigmas if one is not None]
        return float(np.median(found)) if found and 2 * len(found) >= len(self.sigmas) else None


def edge_sigma(luma: Picture) -> float | None:
    """Return the median blur of the strongest edges, as a Gaussian's sigma in pixels of a 1920-wide picture.

    The small copy adds about two pixels of its own, in quadrature: the sharpest picture reads 1.5 to 2.2.
    None where there are too few edges to say: a bare wall, darkness, a covered lens.
    """
    across, down = _gradients(luma)
    magnitude = cv2.magnitude(across, down)
    strong = max(float(np.quantile(magnitude[::2, ::2], 1 - _STRONGEST)), _FAINTEST)
    rows, columns = np.nonzero(_ridges(magnitude, across, down, strong))
    if len(rows) < _FEWEST_RIDGES:
        return None
    again = cv2.magnitude(*_gradients(cv2.GaussianBlur(luma, (0, 0), _REBLUR)))
    ratio = magnitude[rows, columns] / np.maximum(again[rows, columns], 1e-6)
    sigmas = _REBLUR / np.sqrt(np.maximum(ratio**2 - 1, 1e-4))
    return float(np.median(sigmas)) * full_hd_scale(luma)


def _gradients(luma: Picture) -> tuple[Picture, Picture]:
    """Return the central differences, in luma a pixel: a wider kernel would blur the sharpest edges itself."""
    return (
        cv2.Sobel(luma, cv2.CV_32F, 1, 0, ksize=1, scale=0.5),
        cv2.Sobel(luma, cv2.CV_32F, 0, 1, ksize=1, scale=0.5),
    )


def _ridges(magnitude: Picture, across: Picture, down: Picture, strong: float) -> Picture:
    """Return where an edge is steepest: no neighbour across it, left and right or above and below, is steeper."""
    inner = magnitude[1:-1, 1:-1]
    wide = np.abs(across[1:-1, 1:-1]) >= np.abs(down[1:-1, 1:-1])
    beside = np.maximum(magnitude[1:-1, :-2], magnitude[1:-1, 2:])
    above = np.maximum(magnitude[:-2, 1:-1], magnitude[2:, 1:-1])
    found = np.zeros(magnitude.shape, bool)
    found[1:-1, 1:-1] = (inner >= strong) & (inner >= np.where(wide, beside, above))
    return found
