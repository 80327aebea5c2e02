"""Closing a month: what it lacks, the digest that keeps it, and what may follow (number, signing date, signed PDF)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from vcops.domain.closed_rows import Digest
from vcops.domain.closings import Answer, Closing, Seal
from vcops.domain.completeness import RECONCILED, Completeness, Gap, Unfinished
from vcops.domain.meetings import day_number
from vcops.domain.periods import Period
from vcops.errors import Conflict, InvalidInput, Refused
from vcops.formats import short_day
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from vcops.store.writing import Change

__all__ = ["close", "closing_of", "completeness", "file_away", "follow", "refuse_signing", "seal"]


def completeness(workplace: Workplace, period: Period) -> Completeness:
    """Return what a month lacks, meeting by meeting, or the closing that it has. Raises StorageError."""
    with workplace.store.reading() as connection:
        return _completeness(connection, period, workplace.clock())


def closing_of(workplace: Workplace, period: Period) -> Closing | None:
    """Return a month's closing; None while it is open, and for a period of several months. Raises StorageError."""
    from vcops.store.closing import closing_of as stored

    if len(period.months) > 1:
        return None
    with workplace.store.reading() as connection:
        return stored(connection, period.first_month)


def seal(workplace: Workplace, period: Period) -> Seal:
    """Return which of a period's months are closed, and whether it is over. Raises StorageError."""
    from vcops.operations.tallies import day_at
    from vcops.store.closing import closings

    with workplace.store.reading() as connection:
        over = day_number(day_at(connection, workplace.clock())) > period.last_day
        return Seal(period, tuple(closings(connection, period)), over)


def close(workplace: Workplace, period: Period, answers: Sequence[Answer] = ()) -> Closing:
    """Close a month for ever: keep its rows, tariffs and names as they are, and lock them.

    Raises Conflict where the month is not over, a meeting of it still runs, or something lacks that no answer speaks
    to (`Unfinished`); Refused where it is closed already, or was by the journal; InvalidInput for an answer to what
    nothing lacks.
    """
    from vcops.store.closing import closing_of as stored
    from vcops.store.closing import hold_rows, journalled_closings

    if len(period.months) > 1:
        raise InvalidInput("closing.one_month", first=period.first, last=period.last)
    with workplace.store.writing(workplace.who) as change:
        connection = change.connection
        hold_rows(connection)
        _refuse_early(connection, period, change.now)
        found = _completeness(connection, period, change.now)
        if found.closing is not None:
            raise Refused("closing.already", month=period.first_month, by=found.closing.closed_by)
        if period.first_month in journalled_closings(connection):
            raise Refused("closing.vanished", month=period.first_month)
        said = found.used(answers)
        if left := found.open(said):
            raise Unfinished(found, left)
        _keep(change, period, said)
        made = stored(connection, period.first_month)
    assert made is not None
    return made


def follow(
    workplace: Workplace, period: Period, *, number: str | None = None, signed_on: date | None = None
) -> Closing:
    """Write the report's number or the date of its signing beside the closing.

    Raises Conflict while the month is open, InvalidInput for a signing before the month's end.
    """
    changes: dict[str, str | int] = {}
    if number is not None:
        changes["number"] = " ".join(number.split())
    if signed_on is not None:
        refuse_signing(period, signed_on)
        changes["signed_on"] = day_number(signed_on)
    return _follow(workplace, period, changes)


def refuse_signing(period: Period, signed_on: date) -> None:
    """Refuse a date of signing in the month or before it: the report tells of the whole month. Raises InvalidInput."""
    if day_number(signed_on) <= period.last_day:
        raise InvalidInput(
            "closing.signed_early", column="signed_on", day=short_day(signed_on), month=period.first_month
        )


def file_away(workplace: Workplace, period: Period, signed: Path) -> Closing:
    """Keep the SHA-256 of the PDF that the office has signed with its own tool, beside the closing.

    Whether and by whom it is signed is not looked at, and never claimed. Raises InvalidInput for a file that is no PDF
    or bears another closing's code, Conflict while the month is open.
    """
    from vcops.exchange.pdf_codes import codes_in, digest_of_pdf

    held = closing_of(workplace, period)
    if held is None:
        raise Conflict("closing.open", month=period.first_month)
    digest = digest_of_pdf(signed)
    others = [code for code in codes_in(signed) if code != held.code]
    if others:
        raise InvalidInput("closing.other_code", file=str(signed), theirs=others[0], ours=held.code)
    return _follow(workplace, period, {"signed_sha256": digest, "signed_file": signed.name})


def _follow(workplace: Workplace, period: Period, changes: dict[str, str | int]) -> Closing:
    from vcops.store import tables
    from vcops.store.closing import closing_of as stored

    with workplace.store.writing(workplace.who) as change:
        held = stored(change.connection, period.first_month)
        if held is None:
            raise Conflict("closing.open", month=period.first_month)
        change.update(tables.Closing, held.id, changes)
        made = stored(change.connection, held.month)
    assert made is not None
    return made


def _completeness(connection: Connection, period: Period, now: datetime) -> Completeness:
    from vcops.operations.savings import incomplete_at
    from vcops.operations.tallies import day_at
    from vcops.store.behind import unreconciled
    from vcops.store.closing import closing_of as stored

    closing = stored(connection, period.first_month)
    if closing is not None:
        return Completeness(period, (), closing)
    gaps = [
        Gap(what, one.meeting.id, one.meeting.title, one.meeting.local_day)
        for one in incomplete_at(connection, period, day_number(day_at(connection, now)))
        for what in one.lacking
    ]
    days = (period.first_day, period.last_day)
    gaps += [Gap(RECONCILED, *one) for one in unreconciled(connection, days)]
    return Completeness(period, tuple(gaps))


def _refuse_early(connection: Connection, period: Period, now: datetime) -> None:
    """Refuse a month that is not over in every zone there is a room in, or of which a meeting still runs."""
    from vcops.store import directory, meetings

    zones = {directory.office(connection).zone, *(room.zone for room in directory.rooms(connection))}
    if any(day_number(now.astimezone(ZoneInfo(zone))) <= period.last_day for zone in zones):
        raise Conflict("closing.not_over", month=period.first_month)
    for one in meetings.running_ids(connection, now):
        held = meetings.meeting(connection, one)
        if held is not None and period.first_day <= held.local_day <= period.last_day:
            raise Conflict("closing.running", title=held.title, month=period.first_month)


def _keep(change: Change, period: Period, answers: Sequence[Answer]) -> None:
    from vcops.operations.closed_tariffs import freeze
    from vcops.operations.tariffs import stored_adoptions
    from vcops.store import closing as kept
    from vcops.store import tables
    from vcops.store.columns import new_id

    connection, closing_id = change.connection, new_id()
    columns = kept.columns_kept()
    values = {
        "month": period.first_month,
        "columns": json.dumps(columns),
        "tariffs": freeze(stored_adoptions(connection), period),
        "names": json.dumps(kept.names_of(connection, period), ensure_ascii=False, sort_keys=True),
        "answers": json.dumps([[one.what, one.text] for one in answers], ensure_ascii=False),
        "closed_at": change.now,
        "closed_by": change.actor,
    }
    digest = Digest(kept.rests_on(values))
    for entity, names in columns.items():
        rows = list(kept.gather(connection, period, entity, names))
        digest.add(entity, (content for _id, content in rows))
        kept.keep_rows(connection, closing_id, entity, rows)
    change.insert(tables.Closing, {**values, "id": closing_id, "digest": digest.text, "rows": digest.rows})
