"""How speech would sound over a link: the simplified E-model. A second opinion; the raw figures are judged first."""

from __future__ import annotations

__all__ = ["mos", "r_factor"]

_BEST = 93.2
"""R of a perfect link with the default values of ITU-T G.107."""
_BEARABLE_MS = 177.3
"""One-way delay from which people notice that they speak over each other."""
_ROBUSTNESS = 25.1
"""Packet-loss robustness of G.711 with concealment (ITU-T G.113, appendix I)."""


def r_factor(one_way_ms: float, loss_pct: float) -> float:
    """Return the transmission rating R, 0 (unusable) to 93.2, of a one-way delay (ms) and a loss (%).

    R = 93.2 - Id - Ie (ITU-T G.107, simplified as by Cole and Rosenbluth, 2001), with
    Id = 0.024 d + 0.11 (d - 177.3) where d is beyond 177.3 ms, and Ie = 95 p / (p + 25.1) for random loss.
    From 80 on people are satisfied, below 60 nearly all of them are not. `one_way_ms` is the whole way from mouth
    to ear: half the round trip and what the receiver must hold back to even out jitter.
    """
    delay, loss = max(one_way_ms, 0.0), min(max(loss_pct, 0.0), 100.0)
    hurt_by_delay = 0.024 * delay + 0.11 * max(delay - _BEARABLE_MS, 0.0)
    hurt_by_loss = 95.0 * loss / (loss + _ROBUSTNESS)
    return max(_BEST - hurt_by_delay - hurt_by_loss, 0.0)


def mos(r: float) -> float:
    """Return the mean opinion score, 1.0 (bad) to 4.5 (excellent), that people would give at a rating `r`.

    MOS = 1 + 0.035 R + 7e-6 R (R - 60) (100 - R) (ITU-T G.107, annex B); 1 from R = 0 down and 4.5 from 100 up.
    The polynomial dips under 1 below R = 6.5; that part is 1.
    """
    if r <= 0:
        return 1.0
    if r >= 100:
        return 4.5
    return max(1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r), 1.0)
