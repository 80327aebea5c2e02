"""How far this machine's clock is off by what a web server says the time is, where no time server is named.

The Date header (RFC 9110, 6.6.1) is cut to whole seconds, and the answer was made at some time between the request
and its arrival. Each answer therefore gives an interval; what lies in all of them is narrower than any.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["Dated", "offset_by_dates", "read_date"]

Dated = tuple[str, float, float]
"""The header's text, and this machine's Unix time before the request and after the answer."""


def offset_by_dates(answers: Iterable[Dated]) -> tuple[float, float] | None:
    """Return the least and the most that the server's clock is ahead of this one, in seconds; None where not told.

    A server whose answers contradict each other (a cache's, or several machines with clocks of their own) tells
    nothing.
    """
    low, high = float("-inf"), float("inf")
    for text, before, after in answers:
        at = read_date(text)
        if at is None:
            continue
        said = at.timestamp()
        low, high = max(low, said - after), min(high, said + 1 - before)
    return (low, high) if float("-inf") < low <= high else None


def read_date(text: str) -> datetime | None:
    """Return the time that a header of a web server names, with its zone; None where it names none."""
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):  # the last is a zone of more hours than there are
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
