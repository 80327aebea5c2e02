"""The tables. Column names are those of the domain's dataclasses; a test holds the two together.

`personal` columns enter the journal as salted hashes (the salt lies in the row and goes with it); `secret` ones never;
`addresses` without the passwords and tokens in them.

Annotations are objects here: as texts they would be read twice a column, by pydantic and by SQLAlchemy, in every start.
"""

from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, Connection, Index, MetaData, Table, Text, event, text
from sqlmodel import Field, SQLModel

from vcops.domain.addresses import redacted
from vcops.domain.evidence import DAYS_KEPT
from vcops.store.closing_tables import ClosedRow, Closing, Correction
from vcops.store.columns import Count
from vcops.store.fields import STRICT, Row, Unvalidated, count_field, link_field, moment_field, text_field, yes_no_field
from vcops.store.moments import SCHEMA
from vcops.store.room_cameras import cameras_hidden

__all__ = [
    "JOURNALLED",
    "SCHEMA",
    "UNJOURNALLED",
    "Adoption",
    "Attachment",
    "Attempt",
    "ClosedRow",
    "Closing",
    "Correction",
    "Decision",
    "Frozen",
    "HeadCount",
    "Incident",
    "Journal",
    "Meeting",
    "Office",
    "Person",
    "Room",
    "Row",
    "Run",
    "Signatory",
    "Unit",
    "metadata",
    "say_conditions",
    "table_of",
]  # fmt: skip

metadata: MetaData = SQLModel.metadata


class Office(Row, table=True):
    """One row: the office whose database this is."""

    __tablename__ = "office"
    __table_args__ = STRICT

    name: str = text_field()
    address: str = text_field()
    place: str = text_field()
    zone: str = text_field("Asia/Jakarta")
    measure_servers: str = text_field("[]")
    platform: str = text_field()
    paper: str = text_field("a4")
    snapshots: str = text_field("off")
    snapshot_days: int = Field(default=DAYS_KEPT, sa_type=Count, nullable=False)


class Unit(Row, table=True):
    """Who asks for meetings."""

    __tablename__ = "unit"
    __table_args__ = STRICT

    name: str = text_field(unique=True)
    code: str = text_field()


class Room(Row, table=True):
    """Where they are held."""

    __tablename__ = "room"
    __table_args__ = STRICT
    addresses: ClassVar = {"cameras": cameras_hidden, "measure_server": redacted}

    name: str = text_field(unique=True)
    location: str = text_field()
    zone: str = text_field("Asia/Jakarta")
    seats: int | None = count_field()
    kit: str = text_field()
    cameras: str = text_field("[]")
    measure_server: str = text_field()
    backup_link: bool = yes_no_field(default=False)


class Person(Row, table=True):
    """Who works here."""

    __tablename__ = "person"
    __table_args__ = STRICT
    personal = frozenset({"name", "nip"})

    name: str = text_field()
    nip: str = text_field()
    position: str = text_field()
    role: str = text_field()
    salt: str = text_field()


class Signatory(Row, table=True):
    """Who signs the office's papers, one row a place of a signature."""

    __tablename__ = "signatory"
    __table_args__ = STRICT
    personal = frozenset({"name", "nip"})

    part: str = text_field(unique=True)
    name: str = text_field()
    nip: str = text_field()
    position: str = text_field()
    capacity: str = text_field()
    principal: str = text_field()
    salt: str = text_field()


class Meeting(Row, table=True):
    """A meeting; `import_key` recognises a row that was imported before.

    `state` and `minutes` follow from the stamps and are written with them, so that an index can filter and group by
    them. `same_as` is no foreign key: a copy would have to write the rows in an order of their own.
    """

    __tablename__ = "meeting"
    # A provider's link carries the passcode (`?pwd=`), so the journal keeps its hash only.
    personal = frozenset({"contact_name", "contact_phone", "link", "spare_link"})
    secret = frozenset({"passcode"})

    title: str = text_field()
    zone: str = text_field("Asia/Jakarta")
    local_day: int = Field(sa_type=Count, nullable=False)
    unit_id: str | None = link_field("unit.id")
    room_id: str | None = link_field("room.id")
    kind: str = text_field()
    mode: str = text_field("online")
    service: str = text_field()
    platform: str = text_field()
    planned_start: datetime | None = moment_field()
    planned_end: datetime | None = moment_field()
    started_at: datetime | None = moment_field()
    ended_at: datetime | None = moment_field()
    cancelled_at: datetime | None = moment_field()
    cancel_reason: str = text_field()
    state: str = text_field("planned")
    expected: int | None = count_field()
    participants: int | None = count_field()
    online: int | None = count_field()
    in_room: int | None = count_field()
    count_method: str | None = text_field(None)
    organiser: str = text_field()
    letter: str = text_field()
    contact_name: str = text_field()
    contact_phone: str = text_field()
    meeting_number: str = text_field()
    passcode: str = text_field()
    link: str = text_field()
    spare_link: str = text_field()
    team: str = text_field()
    travellers: int | None = count_field()
    origin: str = text_field()
    destination: str = text_field()
    outside_agencies: bool | None = yes_no_field()
    other_units: bool | None = yes_no_field()
    would_be_face_to_face: bool | None = yes_no_field()
    same_as: str | None = text_field(None)
    belongs_to: int | None = count_field()
    evidence: str = text_field()
    notes: str = text_field()
    created_by: str = text_field()
    minutes: int | None = count_field()
    import_key: str | None = text_field(None)
    salt: str = text_field()

    __table_args__: ClassVar[Any] = (
        CheckConstraint("participants >= 0", name="participants_not_negative"),
        CheckConstraint("local_day BETWEEN 19450101 AND 99991231", name="local_day_is_a_day"),
        CheckConstraint("state IN ('planned', 'running', 'ended', 'cancelled')", name="state_is_known"),
        Index("meeting_by_day", "local_day", "id"),
        # The tally reads this index and never the table: state and day filter, the rest is grouped and summed. Groups
        # of a day in this order need no sorting, so the unit, which most tallies do not ask for, stands behind them.
        Index(
            "meeting_tally", "state", "local_day", "kind", "mode", "would_be_face_to_face", "count_method", "unit_id",
            "participants", "same_as", "belongs_to", "in_room", "travellers", "minutes", "outside_agencies",
            "other_units",
        ),
        Index("meeting_same_as", "local_day", "state", sqlite_where=text("same_as IS NOT NULL")),
        Index("meeting_no_length", "local_day", sqlite_where=text("minutes = 0")),
        Index("meeting_late", "belongs_to", sqlite_where=text("belongs_to IS NOT NULL")),
        Index("meeting_import", "import_key", unique=True),
        STRICT,
    )  # fmt: skip


class HeadCount(Row, table=True):
    """One count of people in one meeting."""

    __tablename__ = "head_count"
    __table_args__ = STRICT

    meeting_id: str = link_field("meeting.id", needed=True, index=True)
    at: datetime = moment_field(needed=True)
    total: int = Field(sa_type=Count, nullable=False)
    online: int | None = count_field()
    in_room: int | None = count_field()
    method: str = text_field("counted")
    by: str = text_field()
    undone_at: datetime | None = moment_field()


class Incident(Row, table=True):
    """One disturbance in one meeting."""

    __tablename__ = "incident"
    __table_args__ = STRICT

    meeting_id: str = link_field("meeting.id", needed=True, index=True)
    started_at: datetime = moment_field(needed=True)
    text: str = text_field()
    action: str = text_field()
    recovered_at: datetime | None = moment_field()
    by: str = text_field()
    undone_at: datetime | None = moment_field()


class Frozen(Row, table=True):
    """A procedure and its standards as they were when a run started.

    The id is the text's SHA-256, so that the many runs of one procedure share one row, and the journal holds it once.
    """

    __tablename__ = "frozen"
    __table_args__ = STRICT

    text: str = text_field()


class Run(Row, table=True):
    """A procedure being walked; `digest` names the procedure and the standards it started with."""

    __tablename__ = "run"
    __table_args__ = STRICT

    procedure_id: str = text_field()
    version: str = text_field()
    digest: str = link_field("frozen.id", needed=True)
    facts: str = text_field("{}")
    room_id: str | None = link_field("room.id", index=True)
    meeting_id: str | None = link_field("meeting.id", index=True)
    started_at: datetime = moment_field(needed=True)
    started_by: str = text_field()
    closed_at: datetime | None = moment_field()


class Attempt(Row, table=True):
    """One try at a step of a run."""

    __tablename__ = "attempt"
    __table_args__ = STRICT

    run_id: str = link_field("run.id", needed=True, index=True)
    step: str = text_field()
    outcome: str = text_field()
    by: str = text_field()
    at: datetime = moment_field(needed=True)
    verdict: str | None = text_field(None)
    readings: str = text_field("[]")
    pictures: str = text_field("[]")
    reason: str = text_field()
    note: str = text_field()
    value: str = text_field()
    begun_at: datetime | None = moment_field()
    passed_over: str = text_field("[]")
    stamp: str = text_field()
    undone_at: datetime | None = moment_field()


class Attachment(Row, table=True):
    """A file that shows that a step was done: where it lies and what was in it then. The file itself stays there."""

    __tablename__ = "attachment"
    __table_args__ = STRICT

    run_id: str = link_field("run.id", needed=True, index=True)
    step: str = text_field()
    path: str = text_field()
    size: int = Field(sa_type=Count, nullable=False)
    sha256: str = text_field()
    by: str = text_field()
    at: datetime = moment_field(needed=True)


class Decision(Row, table=True):
    """What was decided at a gate of a run."""

    __tablename__ = "decision"
    __table_args__ = STRICT

    run_id: str = link_field("run.id", needed=True, index=True)
    gate: str = text_field()
    ready: str = text_field()
    by: str = text_field()
    at: datetime = moment_field(needed=True)
    reason: str = text_field()
    blockers: str = text_field("[]")


class Adoption(Row, table=True):
    """A tariff the office has made its own from a day on, as it was on that day."""

    __tablename__ = "adoption"
    __table_args__ = STRICT

    tariff_id: str = text_field()
    frozen: str = text_field()
    valid_from: int = Field(sa_type=Count, nullable=False)
    valid_to: int | None = count_field()
    adopted_at: datetime = moment_field(needed=True)
    by: str = text_field()


class Journal(Unvalidated, table=True):
    """One entry a change, each carrying the hash of the one before it. Only ever appended to."""

    __tablename__ = "journal"
    # Verifying reads an entity's entries in the order of its rows; undo asks which stamp of a meeting came last.
    __table_args__: ClassVar[Any] = (Index("journal_by_row", "entity", "entity_id", "seq"), STRICT)

    seq: int = Field(sa_column=Column(Count, primary_key=True, autoincrement=False))
    at: str = text_field()
    actor: str = text_field()
    action: str = text_field()
    entity: str = text_field()
    entity_id: str = text_field()
    before: str | None = text_field(None)
    after: str | None = text_field(None)
    previous: str = text_field()
    hash: str = text_field()


class Meta(Unvalidated, table=True):
    """Facts about the database itself: `installation` (its id) and `demo`."""

    __tablename__ = "meta"
    __table_args__ = STRICT

    key: str = Field(primary_key=True, sa_type=Text)
    value: str = text_field()


JOURNALLED: tuple[type[Row], ...] = (
    Office, Unit, Room, Person, Signatory, Meeting, HeadCount, Incident, Frozen, Run, Attempt, Attachment, Decision,
    Adoption, Correction, Closing,
)  # fmt: skip
"""Every table whose changes are journalled, parents before children."""
UNJOURNALLED: tuple[type[Unvalidated], ...] = (ClosedRow, Journal, Meta)
"""The others: what the journal's own, or a closing's, hash covers, and facts about the database."""


@event.listens_for(metadata, "before_create")
def _say_conditions(_target: MetaData, connection: Connection, **_more: Any) -> None:
    if connection.dialect.name == "postgresql":
        say_conditions()


def say_conditions() -> None:
    """Give the indexes of some rows their condition in PostgreSQL's words too, before they are made there.

    An index that named it would import all of that dialect, in every command of every office that has SQLite.
    """
    for table in metadata.tables.values():
        for index in table.indexes:
            where = index.dialect_options["sqlite"]["where"]
            if where is not None:
                index.dialect_options["postgresql"]["where"] = where


@cache
def table_of(model: type[SQLModel]) -> Table:
    """Return the SQLAlchemy table behind a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table
