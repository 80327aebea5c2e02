"""Which server a check left, and why."""

from __future__ import annotations

from vcops.domain.checks import PassedOver
from vcops.locale import _
from vcops.wording.errors import explain

__all__ = ["passed_over_words", "why_left"]


def why_left(one: PassedOver) -> str:
    """Return why a server was left."""
    return explain(one.why.code, one.why.params).message


def passed_over_words(one: PassedOver, following: str, *, measured: bool) -> str:
    """Return which server was tried, why it was left, and whose the figures are, where there are any."""
    said = _("{server} was tried and left: {why}").format(server=one.source, why=why_left(one))
    then = _("The figures are those of {server}.") if measured else _("{server} was tried too.")
    return f"{said} {then.format(server=following)}"
