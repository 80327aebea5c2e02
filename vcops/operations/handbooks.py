"""The handbook as the faces ask for it: what there is, what is wrong with it, and the schema for an editor."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from vcops.errors import InvalidInput
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from vcops.domain.procedures import Procedure
    from vcops.domain.standards import Standard

__all__ = [
    "Checked", "faults", "is_own", "left_out", "procedure", "procedures", "schema", "standard", "standards", "validate",
]  # fmt: skip

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Checked:
    """What validating a file came to. `kind` and `id` are empty where it cannot be told what it is.

    `hints` are what may not be meant as it is read, and is no fault.
    """

    file: str
    kind: str
    id: str
    faults: tuple[InvalidInput, ...]
    hints: tuple[InvalidInput, ...] = ()


def procedures(workplace: Workplace) -> list[Procedure]:
    """Return the procedures in force, by id."""
    return [one for _id, one in sorted(workplace.handbook.procedures.items())]


def standards(workplace: Workplace) -> list[Standard]:
    """Return the standards in force, by id."""
    return [one for _id, one in sorted(workplace.handbook.standards.items())]


def procedure(workplace: Workplace, procedure_id: str) -> Procedure:
    """Return a procedure. Raises InvalidInput: the fault of the office's file, else the nearest that there is."""
    return _one(workplace, workplace.handbook.procedures, "procedure", procedure_id)


def standard(workplace: Workplace, standard_id: str) -> Standard:
    """Return a standard. Raises InvalidInput: the fault of the office's file, else the nearest that there is."""
    return _one(workplace, workplace.handbook.standards, "standard", standard_id)


def is_own(workplace: Workplace, kind: str, document_id: str) -> bool:
    """Whether a document is the office's own and not the one that ships. `kind` is one of the keys at a file's top."""
    return (kind, document_id) in workplace.handbook.own


def faults(workplace: Workplace) -> tuple[InvalidInput, ...]:
    """Return the faults of the files that were left out; what ships stays in force instead."""
    return workplace.handbook.faults


def left_out(workplace: Workplace, kind: str, document_id: str) -> InvalidInput | None:
    """Return the first fault of the office's page where it was left out for it; the shipped one is in force then."""
    return workplace.handbook.left_out.get((kind, document_id))


def validate(workplace: Workplace, path: Path, kind: str = "") -> Checked:
    """Check one file, alone and beside the handbook; every fault is told. With a kind, it must be of that kind."""
    from vcops.handbook import validate_file

    page = validate_file(path, workplace.handbook)
    found = page.faults
    if kind and page.kind and page.kind != kind:
        found = (*found, InvalidInput("handbook.other_kind", file=page.file, kind=page.kind, expected=kind))
    return Checked(page.file, page.kind, page.document.id if page.document else "", found, page.hints)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of all kinds of files."""
    from vcops.handbook import json_schema

    return json_schema()


def _one(workplace: Workplace, known: Mapping[str, One], kind: str, wanted: str) -> One:
    if wanted in known:
        return known[wanted]
    if fault := left_out(workplace, kind, wanted):
        raise fault
    near = difflib.get_close_matches(wanted, known, n=1)
    code = "handbook.unknown_id_near" if near else "handbook.unknown_id"
    expected = ", ".join(sorted(known))
    raise InvalidInput(code, kind=kind, id=wanted, nearest=near[0] if near else "", expected=expected)
