"""One file of the handbook: read within limits, checked against its model, every fault found.

A file holds one document under exactly one of the keys `procedure`, `standard`, `tariff`, `platform` and `holidays`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from vcops.domain.platforms import Platform
from vcops.domain.procedures import Procedure
from vcops.domain.standards import Standard
from vcops.domain.tariffs import Tariff
from vcops.domain.workdays import OfficeDays
from vcops.errors import InvalidInput
from vcops.handbook.faults import choice_fault, explain_faults, fault_at
from vcops.handbook.references import in_order, loose_references
from vcops.handbook.tree import Node, read_tree

__all__ = ["KINDS", "MOST_BYTES", "Document", "Page", "read_page", "read_text"]

MOST_BYTES = 1_000_000
"""A larger file is not a procedure; the shipped one has some 60 kB."""
Document = Procedure | Standard | Tariff | Platform | OfficeDays
KINDS: dict[str, type[Document]] = {
    "procedure": Procedure,
    "standard": Standard,
    "tariff": Tariff,
    "platform": Platform,
    "holidays": OfficeDays,
}


@dataclass(frozen=True, slots=True)
class Page:
    """A file that was read. `document` is None where it has faults; `hints` are looked for when it is validated."""

    file: str
    kind: str
    document: Document | None
    faults: tuple[InvalidInput, ...]
    tree: Node | None = None
    hints: tuple[InvalidInput, ...] = ()


def read_page(path: Path) -> Page:
    """Read and check one file. Never raises: what is wrong with it is among its faults."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return _faulty(str(path), InvalidInput("handbook.too_large_file", file=str(path), most=MOST_BYTES // 1000))
        raw = path.read_bytes()
    except OSError as error:
        return _faulty(
            str(path), InvalidInput("handbook.unreadable", file=str(path), said=error.strerror or str(error))
        )
    return read_text(raw, str(path))


def read_text(raw: bytes, file: str) -> Page:
    """Check a file's content. `file` is what its faults call it."""
    try:
        tree, faults = read_tree(raw.decode("utf-8-sig"), file)
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        column = len(before) - before.rfind(b"\n")
        return _faulty(
            file, InvalidInput("handbook.not_unicode", file=file, line=before.count(b"\n") + 1, column=column)
        )
    except InvalidInput as error:
        return _faulty(file, error)
    kinds = [key for key in tree.value if key in KINDS] if isinstance(tree.value, dict) else []
    faults += _wrong_tops(file, tree, kinds)
    if len(kinds) != 1 or not isinstance(tree.value, dict):
        return Page(file, "", None, tuple(faults), tree)
    kind = kinds[0]
    try:
        document = KINDS[kind].model_validate(tree.value[kind].plain())
    except ValidationError as error:
        faults += explain_faults(file, tree, kind, KINDS[kind], error)
        if kind == "procedure":
            faults = in_order([*faults, *loose_references(file, tree)])
        return Page(file, kind, None, tuple(faults), tree)
    return Page(file, kind, None if faults else document, tuple(faults), tree)


def _faulty(file: str, fault: InvalidInput) -> Page:
    return Page(file, "", None, (fault,))


def _wrong_tops(file: str, tree: Node, kinds: list[str]) -> list[InvalidInput]:
    """Return what is wrong with the keys at the top."""
    if not isinstance(tree.value, dict):
        return [fault_at(file, tree, (), "handbook.no_top_key")]
    unknown = [key for key in tree.value if key not in KINDS]
    faults = [choice_fault(file, tree, (key,), "handbook.unknown_key", (key, KINDS)) for key in unknown]
    if len(kinds) > 1:
        faults.append(fault_at(file, tree, (kinds[1],), "handbook.two_top_keys"))
    if not kinds and not faults:
        faults.append(fault_at(file, tree, (), "handbook.no_top_key"))
    return faults
