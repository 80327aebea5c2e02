"""How sure a measured figure is: 95 % intervals of a loss and of a mean."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean, stdev

__all__ = ["loss_interval", "mean_interval"]

_Z = 1.959963984540054
"""97.5 % quantile of the normal distribution: two-sided 95 %."""

_T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""97.5 % quantiles of Student's t for 1 to 30 degrees of freedom (any statistical table)."""


def loss_interval(lost: int, sent: int) -> tuple[float, float]:
    """Return the 95 % interval of a loss in percent, when `lost` of `sent` probes had no answer.

    Wilson's score interval (E. B. Wilson, JASA 22, 1927), which holds for few losses too. With nothing lost the
    upper end is the rule of three, 300 / sent, from 14 probes on: 300 of them are needed before a loss under 1 % can
    be claimed.
    Nothing sent says nothing: 0 to 100. Raises ValueError for counts that cannot be.
    """
    if not 0 <= lost <= sent:
        raise ValueError(f"{lost} lost of {sent}")
    if sent == 0:
        return 0.0, 100.0
    share, square = lost / sent, _Z * _Z
    if lost == 0:  # Wilson's end is the nearer one for very few probes, where the rule of three does not hold
        return 0.0, min(300.0 / sent, 100 * square / (sent + square))
    middle = share + square / (2 * sent)
    half = _Z * math.sqrt(share * (1 - share) / sent + square / (4 * sent * sent))
    whole = 1 + square / sent
    high = 100.0 if lost == sent else 100 * (middle + half) / whole
    return max(100 * (middle - half) / whole, 0.0), min(high, 100.0)


def mean_interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % interval of the mean of `values`, in their unit, by Student's t.

    One value alone has no interval: both ends are that value. Raises ValueError without any.
    """
    if not values:
        raise ValueError("no values")
    mean = fmean(values)
    if len(values) == 1:
        return mean, mean
    half = _student(len(values) - 1) * stdev(values) / math.sqrt(len(values))
    return mean - half, mean + half


def _student(freedom: int) -> float:
    """Return the 97.5 % quantile; beyond the table by Cornish and Fisher's expansion, exact to 0.0005 there."""
    if freedom <= len(_T):
        return _T[freedom - 1]
    return _Z + (_Z**3 + _Z) / (4 * freedom) + (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / (96 * freedom * freedom)
