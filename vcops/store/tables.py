"""The tables. Column names are those of the domain's dataclasses; a test holds the two together.

`personal` columns enter the journal as salted hashes (the salt lies in the row and goes with it); `secret` ones never;
`addresses` without the passwords and tokens in them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, MetaData, Table, Text, text
from sqlmodel import Field, SQLModel

from vcops.domain.addresses import redacted
from vcops.domain.evidence import DAYS_KEPT
from vcops.store.columns import Count, Moment, YesNo, new_id
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
    "table_of",
]  # fmt: skip

metadata: MetaData = SQLModel.metadata
_STRICT = {"sqlite_strict": True}


def _text(default: str | None = "", **keywords: Any) -> Any:
    return Field(default=default, sa_column_kwargs=keywords or {}, sa_type=Text, nullable=default is None)


def _count() -> Any:
    return Field(default=None, sa_type=Count, nullable=True)


def _moment(*, needed: bool = False) -> Any:
    return Field(default=None, sa_type=Moment, nullable=not needed)


def _yes_no(default: bool | None = None) -> Any:
    return Field(default=default, sa_type=YesNo, nullable=default is None)


def _link(target: str, *, needed: bool = False, index: bool = False) -> Any:
    return Field(default=None, sa_column=Column(Text, ForeignKey(target), nullable=not needed, index=index))


class Row(SQLModel):
    """Base of every journalled table: a UUIDv7 key, and which of its columns the journal does not keep as they are."""

    personal: ClassVar[frozenset[str]] = frozenset()
    secret: ClassVar[frozenset[str]] = frozenset()
    addresses: ClassVar[Mapping[str, Callable[[str], str]]] = {}

    id: str = Field(default_factory=new_id, primary_key=True, sa_type=Text)


class Office(Row, table=True):
    """One row: the office whose database this is."""

    __tablename__ = "office"
    __table_args__ = _STRICT

    name: str = _text()
    address: str = _text()
    place: str = _text()
    zone: str = _text("Asia/Jakarta")
    measure_servers: str = _text("[]")
    platform: str = _text()
    paper: str = _text("a4")
    snapshots: str = _text("off")
    snapshot_days: int = Field(default=DAYS_KEPT, sa_type=Count, nullable=False)


class Unit(Row, table=True):
    """Who asks for meetings."""

    __tablename__ = "unit"
    __table_args__ = _STRICT

    name: str = _text(unique=True)
    code: str = _text()


class Room(Row, table=True):
    """Where they are held."""

    __tablename__ = "room"
    __table_args__ = _STRICT
    addresses: ClassVar = {"cameras": cameras_hidden, "measure_server": redacted}

    name: str = _text(unique=True)
    location: str = _text()
    zone: str = _text("Asia/Jakarta")
    seats: int | None = _count()
    kit: str = _text()
    cameras: str = _text("[]")
    measure_server: str = _text()
    backup_link: bool = _yes_no(default=False)


class Person(Row, table=True):
    """Who works here."""

    __tablename__ = "person"
    __table_args__ = _STRICT
    personal = frozenset({"name", "nip"})

    name: str = _text()
    nip: str = _text()
    position: str = _text()
    role: str = _text()
    salt: str = _text()


class Signatory(Row, table=True):
    """Who signs the office's papers, one row a place of a signature."""

    __tablename__ = "signatory"
    __table_args__ = _STRICT
    personal = frozenset({"name", "nip"})

    part: str = _text(unique=True)
    name: str = _text()
    nip: str = _text()
    position: str = _text()
    capacity: str = _text()
    principal: str = _text()
    salt: str = _text()


class Meeting(Row, table=True):
    """A meeting; `import_key` recognises a row that was imported before.

    `state` and `minutes` follow from the stamps and are written with them, so that an index can filter and group by
    them. `same_as` is no foreign key: a copy would have to write the rows in an order of their own.
    """

    __tablename__ = "meeting"
    # A provider's link carries the passcode (`?pwd=`), so the journal keeps its hash only.
    personal = frozenset({"contact_name", "contact_phone", "link", "spare_link"})
    secret = frozenset({"passcode"})

    title: str = _text()
    zone: str = _text("Asia/Jakarta")
    local_day: int = Field(sa_type=Count, nullable=False)
    unit_id: str | None = _link("unit.id")
    room_id: str | None = _link("room.id")
    kind: str = _text()
    mode: str = _text("online")
    service: str = _text()
    platform: str = _text()
    planned_start: datetime | None = _moment()
    planned_end: datetime | None = _moment()
    started_at: datetime | None = _moment()
    ended_at: datetime | None = _moment()
    cancelled_at: datetime | None = _moment()
    cancel_reason: str = _text()
    state: str = _text("planned")
    expected: int | None = _count()
    participants: int | None = _count()
    online: int | None = _count()
    in_room: int | None = _count()
    count_method: str | None = _text(None)
    organiser: str = _text()
    letter: str = _text()
    contact_name: str = _text()
    contact_phone: str = _text()
    meeting_number: str = _text()
    passcode: str = _text()
    link: str = _text()
    spare_link: str = _text()
    team: str = _text()
    travellers: int | None = _count()
    origin: str = _text()
    destination: str = _text()
    outside_agencies: bool | None = _yes_no()
    other_units: bool | None = _yes_no()
    would_be_face_to_face: bool | None = _yes_no()
    same_as: str | None = _text(None)
    belongs_to: int | None = _count()
    evidence: str = _text()
    notes: str = _text()
    created_by: str = _text()
    minutes: int | None = _count()
    import_key: str | None = _text(None)
    salt: str = _text()

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
        Index(
            "meeting_same_as", "local_day", "state",
            sqlite_where=text("same_as IS NOT NULL"), postgresql_where=text("same_as IS NOT NULL"),
        ),
        Index(
            "meeting_no_length", "local_day",
            sqlite_where=text("minutes = 0"), postgresql_where=text("minutes = 0"),
        ),
        Index(
            "meeting_late", "belongs_to",
            sqlite_where=text("belongs_to IS NOT NULL"), postgresql_where=text("belongs_to IS NOT NULL"),
        ),
        Index("meeting_import", "import_key", unique=True),
        _STRICT,
    )  # fmt: skip


class HeadCount(Row, table=True):
    """One count of people in one meeting."""

    __tablename__ = "head_count"
    __table_args__ = _STRICT

    meeting_id: str = _link("meeting.id", needed=True, index=True)
    at: datetime = _moment(needed=True)
    total: int = Field(sa_type=Count, nullable=False)
    online: int | None = _count()
    in_room: int | None = _count()
    method: str = _text("counted")
    by: str = _text()
    undone_at: datetime | None = _moment()


class Incident(Row, table=True):
    """One disturbance in one meeting."""

    __tablename__ = "incident"
    __table_args__ = _STRICT

    meeting_id: str = _link("meeting.id", needed=True, index=True)
    started_at: datetime = _moment(needed=True)
    text: str = _text()
    action: str = _text()
    recovered_at: datetime | None = _moment()
    by: str = _text()
    undone_at: datetime | None = _moment()


class Frozen(Row, table=True):
    """A procedure and its standards as they were when a run started.

    The id is the text's SHA-256, so that the many runs of one procedure share one row, and the journal holds it once.
    """

    __tablename__ = "frozen"
    __table_args__ = _STRICT

    text: str = _text()


class Run(Row, table=True):
    """A procedure being walked; `digest` names the procedure and the standards it started with."""

    __tablename__ = "run"
    __table_args__ = _STRICT

    procedure_id: str = _text()
    version: str = _text()
    digest: str = _link("frozen.id", needed=True)
    facts: str = _text("{}")
    room_id: str | None = _link("room.id", index=True)
    meeting_id: str | None = _link("meeting.id", index=True)
    started_at: datetime = _moment(needed=True)
    started_by: str = _text()
    closed_at: datetime | None = _moment()


class Attempt(Row, table=True):
    """One try at a step of a run."""

    __tablename__ = "attempt"
    __table_args__ = _STRICT

    run_id: str = _link("run.id", needed=True, index=True)
    step: str = _text()
    outcome: str = _text()
    by: str = _text()
    at: datetime = _moment(needed=True)
    verdict: str | None = _text(None)
    readings: str = _text("[]")
    pictures: str = _text("[]")
    reason: str = _text()
    note: str = _text()
    value: str = _text()
    begun_at: datetime | None = _moment()
    passed_over: str = _text("[]")
    stamp: str = _text()
    undone_at: datetime | None = _moment()


class Attachment(Row, table=True):
    """A file that shows that a step was done: where it lies and what was in it then. The file itself stays there."""

    __tablename__ = "attachment"
    __table_args__ = _STRICT

    run_id: str = _link("run.id", needed=True, index=True)
    step: str = _text()
    path: str = _text()
    size: int = Field(sa_type=Count, nullable=False)
    sha256: str = _text()
    by: str = _text()
    at: datetime = _moment(needed=True)


class Decision(Row, table=True):
    """What was decided at a gate of a run."""

    __tablename__ = "decision"
    __table_args__ = _STRICT

    run_id: str = _link("run.id", needed=True, index=True)
    gate: str = _text()
    ready: str = _text()
    by: str = _text()
    at: datetime = _moment(needed=True)
    reason: str = _text()
    blockers: str = _text("[]")


class Adoption(Row, table=True):
    """A tariff the office has made its own from a day on, as it was on that day."""

    __tablename__ = "adoption"
    __table_args__ = _STRICT

    tariff_id: str = _text()
    frozen: str = _text()
    valid_from: int = Field(sa_type=Count, nullable=False)
    valid_to: int | None = _count()
    adopted_at: datetime = _moment(needed=True)
    by: str = _text()


class Correction(Row, table=True):
    """A reversing entry: takes a meeting of a closed month out of that month's figures, booked on a later day.

    `belongs_to` is the month (YYYYMM) whose figures change. `replaced_by` is no foreign key, as `Meeting.same_as`.
    """

    __tablename__ = "correction"
    __table_args__: ClassVar[Any] = (Index("correction_belongs_to", "belongs_to"), _STRICT)

    meeting_id: str = Field(default=None, sa_column=Column(Text, ForeignKey("meeting.id"), nullable=False, unique=True))
    belongs_to: int = Field(sa_type=Count, nullable=False)
    booked_day: int = Field(sa_type=Count, nullable=False, index=True)
    reason: str = _text()
    replaced_by: str | None = _text(None)
    at: datetime = _moment(needed=True)
    by: str = _text()


class Closing(Row, table=True):
    """A month that was closed, and what its figures rest on: the tariffs in force, names, answers, all as they were.

    `columns` names, by table, the columns that `ClosedRow.content` holds in that order.
    """

    __tablename__ = "closing"
    __table_args__ = _STRICT

    month: int = Field(sa_type=Count, nullable=False, unique=True)
    digest: str = _text()
    columns: str = _text("{}")
    tariffs: str = _text("[]")
    names: str = _text("{}")
    answers: str = _text("[]")
    rows: int = Field(sa_type=Count, nullable=False)
    closed_at: datetime = _moment(needed=True)
    closed_by: str = _text()
    number: str = _text()
    signed_on: int | None = _count()
    signed_sha256: str = _text()
    signed_file: str = _text()


class ClosedRow(SQLModel, table=True):
    """One row as it was when its month was closed: a JSON list of its id and of the columns that the closing names.

    Not journalled: the closing's digest, which is, covers every one of them.
    """

    __tablename__ = "closed_row"
    # Without SQLite's hidden row number, by which a row could be replaced past its key.
    __table_args__: ClassVar[Any] = ({"sqlite_strict": True, "sqlite_with_rowid": False},)

    closing_id: str = Field(primary_key=True, sa_type=Text)
    entity: str = Field(primary_key=True, sa_type=Text)
    row_id: str = Field(primary_key=True, sa_type=Text)
    content: str = _text()


class Journal(SQLModel, table=True):
    """One entry a change, each carrying the hash of the one before it. Only ever appended to."""

    __tablename__ = "journal"
    # Verifying reads an entity's entries in the order of its rows; undo asks which stamp of a meeting came last.
    __table_args__: ClassVar[Any] = (Index("journal_by_row", "entity", "entity_id", "seq"), _STRICT)

    seq: int = Field(sa_column=Column(Count, primary_key=True, autoincrement=False))
    at: str = _text()
    actor: str = _text()
    action: str = _text()
    entity: str = _text()
    entity_id: str = _text()
    before: str | None = _text(None)
    after: str | None = _text(None)
    previous: str = _text()
    hash: str = _text()


class Meta(SQLModel, table=True):
    """Facts about the database itself: `installation` (its id) and `demo`."""

    __tablename__ = "meta"
    __table_args__ = _STRICT

    key: str = Field(primary_key=True, sa_type=Text)
    value: str = _text()


JOURNALLED: tuple[type[Row], ...] = (
    Office, Unit, Room, Person, Signatory, Meeting, HeadCount, Incident, Frozen, Run, Attempt, Attachment, Decision,
    Adoption, Correction, Closing,
)  # fmt: skip
"""Every table whose changes are journalled, parents before children."""
UNJOURNALLED: tuple[type[SQLModel], ...] = (ClosedRow, Journal, Meta)
"""The others: what the journal's own, or a closing's, hash covers, and facts about the database."""


def table_of(model: type[SQLModel]) -> Table:
    """Return the SQLAlchemy table behind a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table
