"""Texts that YAML cuts short: ` #` in an unquoted value begins a comment, and what people wrote behind it is gone.

No fault, since it may be meant so. Which values are texts tells the schema: words that are looked up cannot be cut
without being found out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from vcops.errors import InvalidInput
from vcops.handbook.schema import json_schema
from vcops.handbook.tree import Node

__all__ = ["cut_texts"]

_Schema = dict[str, Any]
_LOOKED_UP = {"pattern", "enum", "format", "const"}
"""What a schema says of a string that is no free text."""


def cut_texts(file: str, tree: Node) -> list[InvalidInput]:
    """Return a hint for each text of a document that a ` #` ends, in the file's order."""
    schema = json_schema()
    found = _cut(tree, "", [schema], schema["$defs"])
    return [
        InvalidInput(
            "handbook.cut_by_comment",
            file=file,
            line=node.cut.line,
            column=node.cut.column,
            key=key,
            value=str(node.value),
        )
        for key, node in found
        if node.cut is not None
    ]


def _cut(node: Node, key: str, schemas: Sequence[_Schema], named: _Schema) -> Iterator[tuple[str, Node]]:
    """Yield each text with its key."""
    known = [one for schema in schemas for one in _forms(schema, named)]
    if isinstance(node.value, dict):
        for name, inner in node.value.items():
            below = [one["properties"][name] for one in known if name in one.get("properties", {})]
            others = [one.get("additionalProperties") for one in known]
            below += [one for one in others if isinstance(one, dict)]
            yield from _cut(inner, name, below, named)
    elif isinstance(node.value, list):
        for inner in node.value:
            yield from _cut(inner, key, [one["items"] for one in known if "items" in one], named)
    elif isinstance(node.value, str) and node.cut is not None and any(_is_free_text(one) for one in known):
        yield key, node


def _is_free_text(schema: _Schema) -> bool:
    return schema.get("type") == "string" and not _LOOKED_UP & schema.keys()


def _forms(schema: _Schema, named: _Schema) -> Iterator[_Schema]:
    """Yield a schema and those that may stand for it."""
    yield schema
    if "$ref" in schema:
        yield from _forms(named[schema["$ref"].rpartition("/")[2]], named)
    for several in ("anyOf", "oneOf", "allOf"):
        for one in schema.get(several, ()):
            yield from _forms(one, named)
