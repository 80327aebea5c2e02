"""Answers that are not what was asked for: what each of them means for the person who measures."""

from __future__ import annotations

from datetime import UTC, datetime

from vcops.domain.addresses import WEB_PORTS, host_and_port, redacted
from vcops.probes.connection.dates import read_date
from vcops.probes.connection.framing import Answer
from vcops.probes.connection.portal import same_owner
from vcops.probes.connection.profiles import Target
from vcops.probes.wire import Failure

__all__ = ["MOST_SMALL", "by_portal", "not_bytes", "refusal"]

MOST_SMALL = 64 * 1024
"""Bytes that the answer to a small request may have at most."""
_MOST_PAGE = 512
"""A small answer in HTML that is longer than this is a page for people."""
_TOO_MANY, _PROXY_LOGIN = 429, 407
_MOST_WAIT_DIGITS = 9


def refusal(target: Target, answer: Answer, *, upload: bool = False) -> Failure | None:
    """Return what an answer's status says against measuring; None where it says nothing. Nothing is ever followed."""
    host, path = target.endpoint.host, target.path.partition("?")[0]
    if 300 <= answer.status < 400:
        place = redacted(answer.headers.get("location", "").partition("?")[0])
        return Failure("connection.redirected", host=host, place=place)
    if answer.status == _TOO_MANY:
        return _too_many(host, _wait_seconds(answer.headers.get("retry-after", "")))
    if answer.status == _PROXY_LOGIN:
        return Failure("connection.proxy", host=host, status=answer.status)
    if answer.status < 400:
        return None
    code = "connection.upload_refused" if upload else "connection.http_status"
    return Failure(code, host=host, path=path, status=answer.status)


def _too_many(host: str, wait: int | None) -> Failure:
    if wait is None:
        return Failure("connection.too_many", host=host)
    return Failure("connection.too_many_wait", host=host, seconds=wait)


def not_bytes(target: Target, answer: Answer, *, small: int | None = None) -> Failure | None:
    """Return the failure of a page where bytes were asked for; None where there is nothing to say.

    A guest network answers every address with its own page and status 200: its speed would be taken for the link's.
    `small` is the length of a small request's body, whose kind may well be HTML where it is empty.
    """
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml") and (small is None or small > _MOST_PAGE):
        return Failure("connection.not_bytes", host=target.endpoint.host, path=target.path.partition("?")[0], kind=kind)
    return None


def by_portal(failure: Failure, server: str) -> bool:
    """Whether a failure looks like a guest network's login page: a plain http server that leads to another's address.

    Where the connection is encrypted nobody on the way can answer in the server's name. A page alone proves nothing:
    a wrong path on the right server brings one too.
    """
    place = host_and_port(server, WEB_PORTS)
    if place is None or not server.strip().startswith("http:") or failure.code != "connection.redirected":
        return False
    leads = host_and_port(str(failure.params.get("place", "")), WEB_PORTS)
    return leads is not None and not same_owner(place[0], leads[0])


def _wait_seconds(text: str) -> int | None:
    """Read Retry-After (RFC 9110, 10.2.3): seconds, or a day and time."""
    text = text.strip()
    if text.isdecimal():
        return int(text) if len(text) <= _MOST_WAIT_DIGITS else None
    at = read_date(text)
    if at is None:
        return None
    return max(round((at - datetime.now(UTC)).total_seconds()), 0)
