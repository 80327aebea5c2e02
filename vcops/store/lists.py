"""Lists of meetings, and Today, over a SQLAlchemy connection: the same SQL texts that `glance` reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from vcops.domain.meetings import MeetingState
from vcops.domain.overview import MeetingLine, Overview
from vcops.store.lines import MEETING_LINES, meeting_line, overview_of

__all__ = ["meeting_lines", "today"]


def today(connection: Connection, now: datetime) -> Overview:
    """Return what is on now and next."""

    def ask(sql: str, parameters: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
        return connection.execute(text(sql), dict(parameters)).mappings()  # type: ignore[return-value]

    return overview_of(ask, now)


def meeting_lines(  # noqa: PLR0913 - one keyword a filter
    connection: Connection,
    *,
    search: str = "",
    day_from: int | None = None,
    day_to: int | None = None,
    state: MeetingState | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[MeetingLine]:
    """Return meetings, newest day first. Days are YYYYMMDD; `search` looks into titles and names."""
    clauses: list[str] = []
    parameters: dict[str, Any] = {}
    if search.strip():
        clauses.append(
            "lower(m.title || ' ' || coalesce(u.name, '') || ' ' || coalesce(r.name, '') || ' ' || m.organiser"
            " || ' ' || m.letter || ' ' || m.id) LIKE :search ESCAPE '!'"
        )
        parameters["search"] = f"%{_literal(search.strip().lower())}%"
    for clause, name, value in (
        ("m.local_day >= :day_from", "day_from", day_from),
        ("m.local_day <= :day_to", "day_to", day_to),
        ("m.state = :state", "state", state.value if state else None),
    ):
        if value is not None:
            clauses.append(clause)
            parameters[name] = value
    sql = MEETING_LINES + (f"WHERE {' AND '.join(clauses)} " if clauses else "")
    sql += "ORDER BY m.local_day DESC, coalesce(m.started_at, m.planned_start) DESC, m.id DESC"
    if limit is not None:
        sql += " LIMIT :limit OFFSET :offset"
        parameters |= {"limit": limit, "offset": offset}
    rows = connection.execute(text(sql), parameters).mappings()
    return [meeting_line(row) for row in rows]  # type: ignore[arg-type]


def _literal(text_typed: str) -> str:
    """Return a text whose `%` and `_` stand for themselves in LIKE."""
    return "".join(f"!{one}" if one in "!%_" else one for one in text_typed)
