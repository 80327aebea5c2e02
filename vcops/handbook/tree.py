"""YAML text into a tree that knows the line and column of every key and value.

Read from the parser's events and not from its objects: so the limits hold while reading, before anything is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from vcops.errors import InvalidInput
from vcops.handbook.scalars import Scalar, read_scalar

__all__ = ["MOST_DEPTH", "MOST_NODES", "Mark", "Node", "read_tree"]

MOST_DEPTH = 32
"""Levels of nesting; a procedure needs eight."""
MOST_NODES = 100_000
"""Values in one document with every alias written out; a large procedure has some thousand."""

_STRANGE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow. Looked for here: of the two parsers one tells the place in bytes, one in characters."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is absent from some builds

_HASH = re.compile(r"([ \t]+)#")
_REMARK = re.compile(r"[ \t]{2,}# ")
"""How a comment is set that nobody takes for a part of the value: well apart from it, and from its own `#`."""

_TOO_DEEP = "maximum nesting depth"
"""What newer builds of libyaml say at a thousand levels, which they may read before they tell of the first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file, counted from 1 as editors do."""

    line: int
    column: int


@dataclass(slots=True)
class Node:
    """A value with its place; `keys` holds the places of a mapping's keys, `size` the values in it."""

    value: Scalar | list[Node] | dict[str, Node]
    mark: Mark
    keys: dict[str, Mark] = field(default_factory=dict)
    size: int = 1
    cut: Mark | None = None
    """Where an unquoted value ends in a `#` that may have been meant as part of it: YAML begins a comment there."""

    def plain(self) -> Any:
        """Return plain Python data."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def locate(self, path: Sequence[str | int]) -> Mark:
        """Return where a path leads: to a key, or as near to it as the document goes."""
        node, mark = self, self.mark
        for part in path:
            if isinstance(node.value, dict) and isinstance(part, str) and part in node.value:
                node, mark = node.value[part], node.keys[part]
            elif isinstance(node.value, list) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                mark = node.mark
            # Anything else is pydantic's name for a form it tried, not a step in the document.
        return mark


def read_tree(text: str, file: str) -> tuple[Node, list[InvalidInput]]:
    """Read one document. Raises InvalidInput where it is no readable YAML; returns the faults it can read past."""
    builder = _Builder(file, text.splitlines())
    if strange := _STRANGE.search(text):
        before = text[: strange.start()]
        mark = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise builder.fault("handbook.strange_character", mark, character=f"U+{ord(strange[0]):04X}")
    try:
        return builder.document(yaml.parse(text, Loader=_LOADER)), builder.faults
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        mark = _mark(place) if place else Mark(1, 1)
        said = error.problem or error.context or ""
        if _TOO_DEEP in said:
            raise builder.fault("handbook.too_deep", mark, most=MOST_DEPTH) from error
        if "tab character" in said or _stands_at(text, mark) == "\t":
            raise builder.fault("handbook.tab", mark) from error
        raise builder.fault("handbook.not_yaml", mark, said=said) from error
    except yaml.reader.ReaderError as error:  # one that only this build of the parser refuses
        raise builder.fault("handbook.not_yaml", Mark(1, 1), said=str(error.reason)) from error


def _mark(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1)


def _stands_at(text: str, mark: Mark) -> str:
    """Return the character at a place; none where the text has ended."""
    lines = text.splitlines()
    return lines[mark.line - 1][mark.column - 1 : mark.column] if mark.line <= len(lines) else ""


class _Builder:
    """Turns events into nodes, one open collection deeper at a time."""

    def __init__(self, file: str, lines: Sequence[str]) -> None:
        self.file = file
        self.lines = lines
        self.faults: list[InvalidInput] = []
        self.anchors: dict[str, Node | None] = {}
        self.count = 0

    def fault(self, code: str, mark: Mark, **params: str | int) -> InvalidInput:
        return InvalidInput(code, file=self.file, line=mark.line, column=mark.column, **params)

    def document(self, events: Iterator[yaml.Event]) -> Node:
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise self.fault("handbook.several_documents", _mark(event.start_mark))
            if isinstance(event, yaml.NodeEvent):
                root = self.node(event, events, 1)
        if root is None or root.value is None:
            raise self.fault("handbook.empty_file", Mark(1, 1))
        return root

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        mark = _mark(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event.anchor or "", mark)
        self.spend(1, mark)
        if depth > MOST_DEPTH:
            raise self.fault("handbook.too_deep", mark, most=MOST_DEPTH)
        if event.tag is not None:  # type: ignore[attr-defined]
            self.faults.append(self.fault("handbook.tag", mark, tag=str(event.tag)))  # type: ignore[attr-defined]
        anchor: str | None = event.anchor  # type: ignore[attr-defined]
        if anchor is not None:
            self.anchors[anchor] = None
        if isinstance(event, yaml.ScalarEvent):
            unquoted = event.implicit[0]
            node = Node(read_scalar(event.value) if unquoted else event.value, mark)
            node.cut = self.cut(event) if unquoted else None
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self.sequence(mark, events, depth)
        else:
            node = self.mapping(mark, events, depth)
        if anchor is not None:
            self.anchors[anchor] = node
        return node

    def cut(self, event: yaml.Event) -> Mark | None:
        """Return the place of a `#` right behind a value, other than of a remark set apart from it."""
        end: Any = event.end_mark
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        found = _HASH.match(line, end.column)
        if found is None or _REMARK.match(line, end.column):
            return None
        return Mark(end.line + 1, found.end(1) + 1)

    def alias(self, name: str, mark: Mark) -> Node:
        node = self.anchors.get(name)
        if node is None:  # never set, or still being read: a loop
            raise self.fault("handbook.alias", mark, name=name)
        self.spend(node.size, mark)
        return node

    def spend(self, count: int, mark: Mark) -> None:
        self.count += count
        if self.count > MOST_NODES:
            raise self.fault("handbook.too_many_values", mark, most=MOST_NODES)

    def sequence(self, mark: Mark, events: Iterator[yaml.Event], depth: int) -> Node:
        items: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self.node(event, events, depth + 1))
        return Node(items, mark, size=1 + sum(one.size for one in items))

    def mapping(self, mark: Mark, events: Iterator[yaml.Event], depth: int) -> Node:
        items: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            place = _mark(event.start_mark)
            if not isinstance(event, yaml.ScalarEvent):
                raise self.fault("handbook.key_not_text", place)
            if event.value in items:
                self.faults.append(
                    self.fault("handbook.duplicate_key", place, key=event.value, first=keys[event.value].line)
                )
            keys[event.value] = place
            items[event.value] = self.node(next(events), events, depth + 1)
        return Node(items, mark, keys, 1 + sum(one.size for one in items.values()))
