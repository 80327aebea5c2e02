"""`vcops reflector`: answer test packets, so that a check sees loss and jitter of each direction."""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType

import click

from vcops.cli.forms import as_json as json_option
from vcops.cli.output import document, say, tell
from vcops.formats.numbers import number
from vcops.locale import _, ngettext
from vcops.operations.reflector import REFLECTOR_PORT, Traffic, reflect

__all__ = ["reflector"]


@click.command(
    help=_(
        "Answer test packets (STAMP, RFC 8762), so that a check against this machine tells loss and jitter of each "
        "direction. Runs until Ctrl+C; keeps nothing; its answers are never longer than the packets."
    )
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=REFLECTOR_PORT,
    show_default=True,
    metavar="N",
    help=_("UDP port; 0 lets the system choose"),
)
@click.option("--bind", "address", default="", metavar="ADDR", help=_("only on this address; default: on all"))
@json_option
def reflector(port: int, address: str, as_json: bool) -> int:
    """Reflect until somebody stops it; the counts are what it prints."""
    stop = threading.Event()

    def leave(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {one: signal.signal(one, leave) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        done = reflect(port=port, address=address, stop=stop, opened=_opened, counted=_counted)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    _finished(done, as_json=as_json)
    return 0


def _opened(port: int) -> None:
    tell(
        _("Answering test packets at UDP port {port}; stop with Ctrl+C.").format(port=port)
        + " "
        + _("Measure against it with: vcops check connection --reflector HOST:{port}").format(port=port)
    )


def _counted(traffic: Traffic) -> None:
    """Keep one line up to date where somebody looks; a log gets the sum at the end only."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[K" + _sum(traffic), nl=False, err=True)


def _finished(traffic: Traffic, *, as_json: bool) -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    if as_json:
        document({"answered": traffic.answered, "refused": traffic.refused, "senders": traffic.senders})
    else:
        say(_("Stopped.") + " " + _sum(traffic))


def _sum(traffic: Traffic) -> str:
    said = ngettext(
        "{packets} packets answered, from {senders} sender.",
        "{packets} packets answered, from {senders} senders.",
        traffic.senders,
    ).format(packets=number(traffic.answered), senders=number(traffic.senders))
    if traffic.refused:
        said += " " + _("Not answered: {refused}, which were no test packets or too many.").format(
            refused=number(traffic.refused)
        )
    return said
