"""The history of a link in words: which link it is, and where its figures go."""

from __future__ import annotations

from vcops.domain.link_history import Link, Trend
from vcops.domain.metrics import METRICS
from vcops.formats.numbers import number
from vcops.locale import N_, _
from vcops.wording.metrics import unit_word

__all__ = ["link_name", "trend_words"]

_LINKS: dict[Link, str] = {"main": N_("main link"), "backup": N_("backup link")}


def link_name(link: Link) -> str:
    """Return `main link` or `backup link`."""
    return _(_LINKS[link])


def trend_words(metric: str, trend: Trend | None) -> str:
    """Return where a metric goes: `worse: −2.1 Mbps a week`, `no clear trend`, or that there is too little to tell."""
    if trend is None:
        return _("too few to tell")
    if not trend.clear:
        return _("no clear trend")
    sign = "−" if trend.per_week < 0 else "+"
    change = f"{sign}{number(abs(trend.per_week), max(1, METRICS[metric].decimals))} {unit_word(metric)}".rstrip()
    said = {True: _("better: {change} a week"), False: _("worse: {change} a week"), None: _("{change} a week")}
    return said[trend.better(metric)].format(change=change)
