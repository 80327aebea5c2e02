"""PASS < WARN < UNMEASURED < FAIL, and how parts make a whole."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

__all__ = ["USUAL", "Ready", "Verdict", "whole"]

USUAL = "video-conference"
"""The procedure of a meeting or a room where nobody names another. Here, so that Today loads no procedure's model."""


class Verdict(StrEnum):
    """What a reading, a check or a run is worth. Compare with `rank`; a higher rank is worse."""

    PASS = "pass"  # noqa: S105
    WARN = "warn"
    UNMEASURED = "unmeasured"
    FAIL = "fail"

    @property
    def rank(self) -> int:
        """0 for PASS to 3 for FAIL."""
        return list(Verdict).index(self)

    @property
    def good(self) -> bool:
        """Whether a gate lets it through: PASS or WARN."""
        return self.rank <= Verdict.WARN.rank


class Ready(StrEnum):
    """A gate's decision. Beside the verdicts, so that Today can name it without loading the procedures' models."""

    READY = "ready"
    OVERRIDE = "override"
    NOT_READY = "not_ready"


def whole(required: Iterable[Verdict]) -> Verdict:
    """Return the verdict of a whole from its required parts: the worst; UNMEASURED where there are none."""
    return max(required, key=lambda verdict: verdict.rank, default=Verdict.UNMEASURED)
