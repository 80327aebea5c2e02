"""What a procedure that cannot be read whole refers to all the same: roles, phases and standards by their names.

Its model tells wrong references only once every value has its right type. Whoever mends a file wants both at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from vcops.domain.standards import Standard
from vcops.errors import InvalidInput
from vcops.handbook.faults import Path, choice_fault
from vcops.handbook.tree import Node

__all__ = ["in_order", "loose_references", "loose_standards"]


def in_order(faults: Iterable[InvalidInput]) -> list[InvalidInput]:
    """Return faults in the file's order, each once: what the model told already is not told again."""
    found = {(one.params["line"], one.params["column"], one.code): one for one in faults}
    return [found[place] for place in sorted(found, key=lambda one: (int(one[0] or 0), int(one[1] or 0)))]


def loose_references(file: str, tree: Node) -> list[InvalidInput]:
    """Return the roles and phases that a procedure names and does not have, as far as its keys can be read."""
    faults = []
    roles = _ids(_inside(tree, "executors"))
    phases = _ids(_inside(tree, "phases"))
    if roles:  # without any it is the list itself that is missing or wrong
        for at, name in _executors(tree):
            if name not in roles:
                faults.append(choice_fault(file, tree, at, "handbook.unknown_executor", (name, sorted(roles))))
    for number, phase in _items(_inside(tree, "phases")):
        for place, name in _texts(_at(_at(phase, "gate"), "waits_for")):
            if name not in phases:
                path = ("procedure", "phases", number, "gate", "waits_for", place)
                known = (name, phases[: number + 1])
                faults.append(choice_fault(file, tree, path, "handbook.unknown_phase", known))
    return faults


def loose_standards(file: str, tree: Node, standards: Mapping[str, Standard]) -> list[InvalidInput]:
    """Return the standards that a procedure names and that are not in the handbook, as far as its keys can be read."""
    faults = []
    for path, step in _steps(tree):
        for holder in ("check", "record"):
            named = _at(_at(step, holder), "standard")
            if named is not None and isinstance(named.value, str) and named.value not in standards:
                known = (named.value, sorted(standards))
                at = (*path, holder, "standard")
                faults.append(choice_fault(file, tree, at, "handbook.unknown_standard", known))
    return faults


def _executors(tree: Node) -> Iterator[tuple[Path, str]]:
    """Yield the roles that steps and decisions name."""
    for path, step in _steps(tree):
        for place, name in _texts(_at(step, "executors")):
            yield (*path, "executors", place), name
    for number, phase in _items(_inside(tree, "phases")):
        for place, name in _texts(_at(_at(phase, "gate"), "executors")):
            yield ("procedure", "phases", number, "gate", "executors", place), name


def _steps(tree: Node) -> Iterator[tuple[Path, Node]]:
    for number, phase in _items(_inside(tree, "phases")):
        for place, step in _items(_at(phase, "steps")):
            yield ("procedure", "phases", number, "steps", place), step


def _inside(tree: Node, key: str) -> Node | None:
    return _at(_at(tree, "procedure"), key)


def _at(node: Node | None, key: str) -> Node | None:
    """Return what a mapping holds under a key; None where it is no mapping or lacks it."""
    return node.value.get(key) if node is not None and isinstance(node.value, dict) else None


def _items(node: Node | None) -> Iterator[tuple[int, Node]]:
    yield from enumerate(node.value) if node is not None and isinstance(node.value, list) else ()


def _texts(node: Node | None) -> Iterator[tuple[int, str]]:
    yield from ((place, one.value) for place, one in _items(node) if isinstance(one.value, str))


def _ids(node: Node | None) -> list[str]:
    named = (_at(one, "id") for _place, one in _items(node))
    return [one.value for one in named if one is not None and isinstance(one.value, str)]
