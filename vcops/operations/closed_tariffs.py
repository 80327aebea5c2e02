"""The tariffs that a period's figures rest on: a closed month keeps those it was closed with, whatever came later."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from vcops.domain.adoptions import Adoption, with_closed
from vcops.domain.periods import Period, month_text
from vcops.domain.tariffs import Tariff

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["adoptions_in_force", "freeze", "month_of", "read_tariff"]


def adoptions_in_force(connection: Connection) -> list[Adoption]:
    """Return what is in force on which days, in the order of time, as one moment of the database has it."""
    from vcops.operations.tariffs import stored_adoptions
    from vcops.store.closing import frozen_tariffs

    frozen = {month_of(month): kept for month, kept in frozen_tariffs(connection, _thaw).items()}
    return with_closed(stored_adoptions(connection), frozen)


def freeze(adoptions: Iterable[Adoption], period: Period) -> str:
    """Return the adoptions that are in force in a period as the closing keeps them: with their whole text."""
    kept = [
        {"id": one.id, "valid_from": one.valid_from, "valid_to": one.valid_to, "tariff": _text(one.tariff)}
        for one in adoptions
        if one.valid_from <= period.last_day and (one.valid_to is None or one.valid_to >= period.first_day)
    ]
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def month_of(number: int) -> Period:
    """Return the month of YYYYMM."""
    return Period.month(month_text(number))


@lru_cache(maxsize=64)
def read_tariff(text: str) -> Tariff:
    """Return a tariff from the text that was stored of it. Many months are closed with the same one."""
    return Tariff.model_validate_json(text)


def _thaw(text: str) -> list[Adoption]:
    kept: list[dict[str, Any]] = json.loads(text)
    return [Adoption(one["id"], read_tariff(one["tariff"]), one["valid_from"], one["valid_to"]) for one in kept]


def _text(tariff: Tariff) -> str:
    return tariff.model_dump_json(exclude_defaults=True)
