"""Runs read from the database, and their rows made from attempts and decisions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select

from vcops.domain.checks import PassedOver
from vcops.domain.evidence import Picture
from vcops.domain.frozen import facts_from_json, thaw
from vcops.domain.journal import digest_of
from vcops.domain.meeting_facts import Facts
from vcops.domain.readings import Reading
from vcops.domain.runs import Attachment, Attempt, Decision, Outcome, Ready, Run
from vcops.domain.verdicts import Verdict
from vcops.errors import Conflict
from vcops.store import tables
from vcops.store.tables import table_of

__all__ = [
    "Heading",
    "OfMeeting",
    "Pictured",
    "frozen_known",
    "heading",
    "ids_ending_in",
    "names_of",
    "of_meeting",
    "open_runs",
    "pictured",
    "read_pictures",
    "read_readings",
    "rehearse",
    "run",
    "run_ids",
    "write_passed_over",
    "write_pictures",
    "write_readings",
]

_RUN = table_of(tables.Run)
_FROZEN = table_of(tables.Frozen)
_ATTEMPT = table_of(tables.Attempt)
_DECISION = table_of(tables.Decision)
_ATTACHMENT = table_of(tables.Attachment)
_NONE = "[]"
"""Most attempts have no readings, pictures and servers."""
_ID: BindParameter[str] = bindparam("run")
# Put together once: with every key of a walk its run is read, and putting a query together takes longer than asking it.
_RUN_OF = select(_RUN, _FROZEN.c.text).join(_FROZEN, _FROZEN.c.id == _RUN.c.digest).where(_RUN.c.id == _ID)
_ATTEMPTS_OF = select(_ATTEMPT).where(_ATTEMPT.c.run_id == _ID).order_by(_ATTEMPT.c.at, _ATTEMPT.c.id)
_DECISIONS_OF = select(_DECISION).where(_DECISION.c.run_id == _ID).order_by(_DECISION.c.at, _DECISION.c.id)
_ATTACHMENTS_OF = (
    select(*(_ATTACHMENT.c[one.name] for one in fields(Attachment)))
    .where(_ATTACHMENT.c.run_id == _ID)
    .order_by(_ATTACHMENT.c.at, _ATTACHMENT.c.id)
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a run's own row says, without what it froze."""

    id: str
    procedure_id: str
    room_id: str | None
    meeting_id: str | None
    started_at: datetime
    started_by: str
    closed_at: datetime | None


def heading(connection: Connection, run_id: str) -> Heading:
    """Return the row of a run that is there."""
    names = [one.name for one in fields(Heading)]
    return Heading(*connection.execute(select(*(_RUN.c[name] for name in names)).where(_RUN.c.id == run_id)).one())


def run(connection: Connection, run_id: str) -> Run | None:
    """Return a run with all that happened in it. Raises Conflict where what it froze was changed since."""
    row = connection.execute(_RUN_OF, {"run": run_id}).mappings().one_or_none()
    if row is None:
        return None
    if digest_of(row["text"]) != row["digest"]:
        raise Conflict("run.frozen_changed", run=run_id)
    procedure, standards = thaw(row["text"])
    return Run(
        id=run_id,
        procedure=procedure,
        standards=standards,
        digest=row["digest"],
        started_at=row["started_at"],
        started_by=row["started_by"],
        facts=facts_from_json(row["facts"]),
        room_id=row["room_id"],
        meeting_id=row["meeting_id"],
        attempts=_attempts(connection, run_id),
        decisions=_decisions(connection, run_id),
        attachments=_attachments(connection, run_id),
        closed_at=row["closed_at"],
    )


def rehearse(connection: Connection) -> None:
    """Let SQLAlchemy compile what `run` asks, by asking it of a run that is not there."""
    for query in (_RUN_OF, _ATTEMPTS_OF, _DECISIONS_OF, _ATTACHMENTS_OF):
        connection.execute(query, {"run": ""}).close()


def run_ids(
    connection: Connection,
    *,
    room_id: str | None = None,
    meeting_id: str | None = None,
    open_only: bool = False,
    most: int | None = None,
) -> list[str]:
    """Return the runs' ids, newest first."""
    query = select(_RUN.c.id).order_by(_RUN.c.started_at.desc(), _RUN.c.id.desc())
    if room_id is not None:
        query = query.where(_RUN.c.room_id == room_id)
    if meeting_id is not None:
        query = query.where(_RUN.c.meeting_id == meeting_id)
    if open_only:
        query = query.where(_RUN.c.closed_at.is_(None))
    return list(connection.execute(query.limit(most)).scalars())


@dataclass(frozen=True, slots=True)
class OfMeeting:
    """A run of a meeting, and what its conditions are held against."""

    id: str
    room_id: str | None
    closed_at: datetime | None
    facts: Facts


def of_meeting(connection: Connection, meeting_id: str) -> list[OfMeeting]:
    """Return the runs of a meeting, newest first, without reading what they froze."""
    query = select(_RUN.c.id, _RUN.c.room_id, _RUN.c.closed_at, _RUN.c.facts).where(_RUN.c.meeting_id == meeting_id)
    rows = connection.execute(query.order_by(_RUN.c.started_at.desc(), _RUN.c.id.desc()))
    return [OfMeeting(row.id, row.room_id, row.closed_at, facts_from_json(row.facts)) for row in rows]


def open_runs(
    connection: Connection, procedure_id: str, room_id: str | None, meeting_id: str | None
) -> list[tuple[str, datetime]]:
    """Return id and start of the open runs of just this procedure, room and meeting, newest first."""
    query = (
        select(_RUN.c.id, _RUN.c.started_at)
        .where(
            _RUN.c.procedure_id == procedure_id,
            _RUN.c.closed_at.is_(None),
            _RUN.c.room_id.is_(None) if room_id is None else _RUN.c.room_id == room_id,
            _RUN.c.meeting_id.is_(None) if meeting_id is None else _RUN.c.meeting_id == meeting_id,
        )
        .order_by(_RUN.c.started_at.desc(), _RUN.c.id.desc())
    )
    return [(row.id, row.started_at) for row in connection.execute(query)]


def ids_ending_in(connection: Connection, tail: str, most: int = 3) -> list[str]:
    """Return the runs whose id ends so, a few: enough to say that it is not unique."""
    query = select(_RUN.c.id).where(_RUN.c.id.endswith(tail, autoescape=True)).order_by(_RUN.c.id.desc()).limit(most)
    return list(connection.execute(query).scalars())


def frozen_known(connection: Connection, digest: str) -> bool:
    """Whether this procedure with these standards was frozen before."""
    return connection.execute(select(_FROZEN.c.id).where(_FROZEN.c.id == digest)).first() is not None


def names_of(
    connection: Connection, found: Iterable[Run | Heading]
) -> tuple[Mapping[str, str], Mapping[str, str], frozenset[str]]:
    """Return the names of the runs' rooms and the titles of their meetings, by id, and which of these have ended."""
    runs = list(found)
    room, meeting = table_of(tables.Room), table_of(tables.Meeting)
    rooms = select(room.c.id, room.c.name).where(room.c.id.in_({one.room_id for one in runs if one.room_id}))
    titles = select(meeting.c.id, meeting.c.title, meeting.c.state).where(
        meeting.c.id.in_({one.meeting_id for one in runs if one.meeting_id})
    )
    held = connection.execute(titles).all()
    return (
        {row.id: row.name for row in connection.execute(rooms)},
        {row.id: row.title for row in held},
        frozenset(row.id for row in held if row.state == "ended"),
    )


@dataclass(frozen=True, slots=True)
class Pictured:
    """An attempt that left pictures."""

    attempt_id: str
    at: datetime
    pictures: tuple[Picture, ...]


def pictured(connection: Connection) -> list[Pictured]:
    """Return the attempts that left pictures, oldest first, those whose files are deleted too."""
    query = select(_ATTEMPT.c.id, _ATTEMPT.c.at, _ATTEMPT.c.pictures).where(_ATTEMPT.c.pictures != "[]")
    rows = connection.execute(query.order_by(_ATTEMPT.c.at, _ATTEMPT.c.id))
    return [Pictured(row.id, row.at, read_pictures(row.pictures)) for row in rows]


def write_pictures(pictures: Iterable[Picture]) -> str:
    """Return what is said of pictures as their column holds it."""
    return json.dumps([one.as_json() for one in pictures], ensure_ascii=False, separators=(",", ":"))


def read_pictures(text: str) -> tuple[Picture, ...]:
    """Return what `write_pictures` wrote."""
    return () if text == _NONE else tuple(Picture.from_json(one) for one in json.loads(text))


def write_passed_over(passed_over: Iterable[PassedOver]) -> str:
    """Return the servers that a measurement left, as their column holds them."""
    return json.dumps([one.as_json() for one in passed_over], ensure_ascii=False, separators=(",", ":"))


def _read_passed_over(text: str) -> tuple[PassedOver, ...]:
    return () if text == _NONE else tuple(PassedOver.from_json(one) for one in json.loads(text))


def write_readings(readings: Iterable[Reading]) -> str:
    """Return readings as their column holds them."""
    return json.dumps([one.as_json() for one in readings], ensure_ascii=False, separators=(",", ":"))


def read_readings(text: str) -> tuple[Reading, ...]:
    """Return what `write_readings` wrote."""
    return () if text == _NONE else tuple(Reading.from_json(one) for one in json.loads(text))


def _attempts(connection: Connection, run_id: str) -> tuple[Attempt, ...]:
    return tuple(_attempt(row) for row in connection.execute(_ATTEMPTS_OF, {"run": run_id}).mappings())


def _attempt(row: Mapping[Any, Any]) -> Attempt:
    return Attempt(
        id=row["id"],
        step=row["step"],
        outcome=Outcome(row["outcome"]),
        by=row["by"],
        at=row["at"],
        verdict=Verdict(row["verdict"]) if row["verdict"] else None,
        readings=read_readings(row["readings"]),
        reason=row["reason"],
        note=row["note"],
        value=row["value"],
        begun_at=row["begun_at"],
        passed_over=_read_passed_over(row["passed_over"]),
        stamp=row["stamp"],
        pictures=read_pictures(row["pictures"]),
        undone_at=row["undone_at"],
    )


def _attachments(connection: Connection, run_id: str) -> tuple[Attachment, ...]:
    return tuple(Attachment(*row) for row in connection.execute(_ATTACHMENTS_OF, {"run": run_id}))


def _decisions(connection: Connection, run_id: str) -> tuple[Decision, ...]:
    return tuple(
        Decision(
            id=row["id"],
            gate=row["gate"],
            ready=Ready(row["ready"]),
            by=row["by"],
            at=row["at"],
            reason=row["reason"],
            blockers=tuple(json.loads(row["blockers"])),
        )
        for row in connection.execute(_DECISIONS_OF, {"run": run_id}).mappings()
    )
