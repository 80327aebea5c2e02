"""Who signs the office's papers: kept for each place of a signature, with its capacity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from vcops.domain.signatories import PARTS, Capacity, Part, Signatory, of_person
from vcops.errors import InvalidInput
from vcops.operations import typed

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from vcops.operations.workplace import Workplace

__all__ = ["SIGNATORY_FIELDS", "clear", "listing", "put", "read_capacity", "signers"]

SIGNATORY_FIELDS = ("name", "nip", "position", "capacity", "principal")
_HEADS = {"head", "kepala"}
"""The roles of whoever acknowledges a paper, as people type them."""
_CAPACITIES = {
    "": Capacity.OWN, "-": Capacity.OWN, "plt": Capacity.PLT, "pelaksana tugas": Capacity.PLT, "acting": Capacity.PLT,
    "plh": Capacity.PLH, "pelaksana harian": Capacity.PLH, "an": Capacity.AN, "a.n": Capacity.AN,
    "atas nama": Capacity.AN, "on behalf of": Capacity.AN,
}  # fmt: skip


def listing(workplace: Workplace) -> list[Signatory]:
    """Return who was set, in the order of `PARTS`."""
    from vcops.store import directory as stored

    with workplace.store.reading() as connection:
        return stored.signatories(connection)


def put(workplace: Workplace, part: str, texts: Mapping[str, str]) -> Signatory:
    """Set who signs there; of whoever was set only what is in `texts` changes. Raises InvalidInput.

    Where the name is that of one of the staff, NIP and position that were left empty are taken from there.
    """
    from vcops.operations import directory
    from vcops.store import directory as stored
    from vcops.store import tables

    known = _part(part)
    values = _read(texts)
    staff = [one for one in directory.people(workplace) if one.name.lower() == str(values.get("name", "")).lower()]
    with workplace.store.writing(workplace.who) as change:
        row_id = stored.signatory_id(change.connection, known)
        before = change.row(tables.Signatory, row_id) if row_id else {}
        new = {name: before.get(name, "") for name in SIGNATORY_FIELDS} | values
        if before.get("name", "") != new["name"]:  # somebody else: what was known of the other is not theirs
            new |= {name: values.get(name, "") for name in ("nip", "position", "principal")}
        for name in ("nip", "position") if len(staff) == 1 else ():
            new[name] = new[name] or getattr(staff[0], name)
        if not new["name"]:
            raise InvalidInput("form.needed", column="name", value="")
        if new["capacity"] == Capacity.AN.value and not new["principal"]:
            raise InvalidInput("signatory.for_whom", column="principal", value="")
        if row_id:
            change.update(tables.Signatory, row_id, new)
        else:
            change.insert(tables.Signatory, new | {"part": known})
    return next(one for one in listing(workplace) if one.part == known)


def clear(workplace: Workplace, part: str) -> None:
    """Let nobody be set there; the line is then left blank, or taken from the staff. Raises InvalidInput."""
    from vcops.store import directory as stored
    from vcops.store import tables

    known = _part(part)
    with workplace.store.writing(workplace.who) as change:
        if row_id := stored.signatory_id(change.connection, known):
            change.delete(tables.Signatory, row_id)


def read_capacity(text: str) -> Capacity:
    """Return in which capacity: `plt`, `Plh.`, `a.n.`, empty for one's own. Raises ValueError."""
    word = typed.clean(text).lower().rstrip(".")
    if word not in _CAPACITIES:
        raise ValueError(f"not a capacity: {text!r}")
    return _CAPACITIES[word]


def signers(connection: Connection, who: str) -> tuple[Signatory | None, Signatory | None]:
    """Return who is to sign a paper: who acknowledges it, and who made it; None where there is any doubt.

    Who was set to acknowledge, else the office's only head among the staff. `who` did the work that a paper tells of;
    empty for a report, which is made by whoever was set.
    """
    from vcops.store import directory as stored

    found = {one.part: one for one in stored.signatories(connection)}
    people = stored.people(connection)
    heads = [one for one in people if one.role.strip().lower() in _HEADS]
    workers = [one for one in people if one.name == who]
    chief = found.get("acknowledged") or (of_person(heads[0]) if len(heads) == 1 else None)
    if who:
        return chief, of_person(workers[0], "made") if len(workers) == 1 else None
    return chief, found.get("made")


def _part(text: str) -> Part:
    if text not in PARTS:
        raise InvalidInput("signatory.part", column="part", value=text)
    return text


def _read(texts: Mapping[str, str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, text in texts.items():
        if name not in SIGNATORY_FIELDS:
            raise InvalidInput("form.unknown_column", column=name, value=text)
        if name != "capacity":
            values[name] = typed.clean(text)
            continue
        try:
            values[name] = read_capacity(text).value
        except ValueError as error:
            raise InvalidInput("signatory.capacity", column=name, value=text) from error
    return values
