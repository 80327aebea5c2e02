"""`vcops check history`: what a room's link measured before, and where it goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import click

from vcops.cli.forms import as_json as json_option
from vcops.cli.output import document, say, tell
from vcops.cli.table import table
from vcops.domain.link_history import Link, LinkHistory, LinkPoint, MetricHistory
from vcops.formats.dates import clock, short_day
from vcops.locale import _, ngettext
from vcops.operations import link_history
from vcops.operations.workplace import Workplace
from vcops.wording.link_history import link_name, trend_words
from vcops.wording.metrics import metric_name, unit_word, value_words
from vcops.wording.verdicts import verdict_sign, verdict_word

__all__ = ["history"]

_SHOWN = ("download_mbps", "upload_mbps", "latency_ms", "jitter_ms", "loss_pct")
"""What one line of a measurement tells; the rest stands in the JSON."""


@click.command(help=_("What a room's link measured before: each figure, the same hour last week, and its trend."))
@click.argument("room")
@click.option("--link", type=click.Choice(get_args(Link)), default="main", help=_("which of the room's links"))
@click.option(
    "--limit", type=click.IntRange(min=1), default=link_history.MOST, metavar="N", help=_("at most so many, the newest")
)
@json_option
@click.pass_obj
def history(workplace: Workplace, room: str, link: Link, limit: int, as_json: bool) -> int:
    """Show the history of a room's link."""
    from vcops.operations import directory

    found = directory.room(workplace, room)
    seen = link_history.history(workplace, found.id, link, most=limit)
    if seen.altered:
        said = ngettext("{count} walk was left out", "{count} walks were left out", seen.altered)
        reason = _("what it started with was changed in the database; see: vcops journal --verify")
        tell(f"{said.format(count=seen.altered)}: {reason}")
    if as_json:
        document(
            {
                "room": found.name,
                "link": link,
                "metrics": [one.as_json() for one in seen.metrics()],
                "points": [one.as_json() for one in seen.points],
            }
        )
        return 0
    say(f"{found.name}, {link_name(link)}")
    if not seen.points:
        tell(_("Nothing has been measured on this link yet: vcops check room measures it."))
        return 0
    for line in _text(seen, found.zone):
        say(line)
    return 0


def _text(seen: LinkHistory, zone: str) -> Iterator[str]:
    metrics = seen.metrics()
    if metrics:
        headings = (_("reading"), _("now"), _("a week ago"), _("median"), "", _("trend"))
        yield table(headings, [_metric(one) for one in metrics], right=(1, 2, 3))
        yield ""
    shown = [name for name in _SHOWN if seen.series(name)]
    names = [f"{metric_name(name)} ({unit_word(name)})" for name in shown]
    rows = [_point(one, shown, zone) for one in reversed(seen.points)]
    yield table(("", _("when"), *names, _("verdict")), rows, right=range(2, 2 + len(shown)))


def _metric(one: MetricHistory) -> tuple[str, ...]:
    return (
        metric_name(one.metric),
        value_words(one.metric, one.latest),
        value_words(one.metric, one.week_before),
        value_words(one.metric, one.middle),
        unit_word(one.metric),
        trend_words(one.metric, one.trend),
    )


def _point(one: LinkPoint, shown: list[str], zone: str) -> tuple[str, ...]:
    values = (value_words(name, one.number(name)) for name in shown)
    sign, word = (verdict_sign(one.verdict), verdict_word(one.verdict)) if one.verdict else ("", "")
    return (sign, f"{short_day(one.at, zone)} {clock(one.at, zone)}", *values, word)
