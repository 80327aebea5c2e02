"""What pydantic found, as errors that name file, line, column, key, what was expected, and the nearest right word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from vcops.domain.deadlines import nearest_deadline
from vcops.domain.metrics import METRICS
from vcops.domain.texts import SEVERAL
from vcops.errors import InvalidInput, Param
from vcops.handbook.tree import Node

__all__ = ["Path", "choice_fault", "explain_faults", "fault_at"]

Path = tuple[str | int, ...]
"""Keys and places from a document's top down to one value."""

_CODES = {
    "missing": "handbook.missing_key",
    "string_type": "handbook.not_text",
    "bool_type": "handbook.not_yes_no",
    "bool_parsing": "handbook.not_yes_no",
    "tuple_type": "handbook.not_a_list",
    "model_type": "handbook.not_a_mapping",
    "string_pattern_mismatch": "handbook.not_an_identifier",
    "string_too_long": "handbook.too_long",
    "string_too_short": "handbook.empty",
    "too_short": "handbook.empty",
}
_FAMILIES = (
    ("int_", "handbook.not_a_whole_number"),
    ("float_", "handbook.not_a_number"),
    ("finite_number", "handbook.not_a_number"),
    ("date_", "handbook.not_a_date"),
    ("greater_", "handbook.too_small"),
    ("less_", "handbook.too_large"),
)
_NEAR = {
    "handbook.unknown_key": "handbook.unknown_key_near",
    "handbook.unknown_metric": "handbook.unknown_metric_near",
    "handbook.unknown_executor": "handbook.unknown_executor_near",
    "handbook.unknown_phase": "handbook.unknown_phase_near",
    "handbook.unknown_standard": "handbook.unknown_standard_near",
    "handbook.not_a_deadline": "handbook.not_a_deadline_near",
    "handbook.not_a_choice": "handbook.not_a_choice_near",
}
"""The code where a known word is so like the one that was written that it can be proposed."""
_LIMITS = ("ge", "gt", "le", "lt", "max_length", "min_length")


def fault_at(file: str, tree: Node, path: Path, code: str, **params: Param) -> InvalidInput:
    """Return an error about one place in a file."""
    mark = tree.locate(path)
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    place: dict[str, Param] = {"file": file, "line": mark.line, "column": mark.column, "key": key}
    return InvalidInput(code, **(place | params))


def choice_fault(file: str, tree: Node, path: Path, code: str, choice: tuple[str, Iterable[str]]) -> InvalidInput:
    """Return an error about a word that is none of those known; `choice` is the word and the known ones."""
    word, known = choice[0], list(choice[1])
    near = next(iter(difflib.get_close_matches(word, known, n=1)), "")
    code = _NEAR[code] if near else code
    return fault_at(file, tree, path, code, value=word, nearest=near, expected=", ".join(known))


def explain_faults(
    file: str, tree: Node, kind: str, model: type[BaseModel], error: ValidationError
) -> list[InvalidInput]:
    """Return every fault of a document of that kind, in the file's order."""
    explainer = _Explainer(file, tree, model)
    found = [explainer.explain(code, (kind, *path), details) for code, path, details in _flat(error)]
    return sorted(found, key=lambda one: (int(one.params["line"] or 0), int(one.params["column"] or 0)))


def _flat(error: ValidationError) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """Yield code, path and details of each fault; one validator may have packed several together."""
    for one in error.errors(include_url=False):
        context = dict(one.get("ctx", {}))
        if one["type"] == SEVERAL:
            for packed in context["faults"]:
                inner = dict(packed.context or {})
                yield packed.type, (*one["loc"], *inner.pop("at")), inner
        elif one["type"] == "too_short" and one["input"]:
            continue  # pydantic counts only the items without faults, which are told by themselves
        else:
            at = context.pop("at", ())
            yield one["type"], (*one["loc"], *at), {**context, "input": one["input"], "said": one["msg"]}


@dataclass(frozen=True, slots=True)
class _Explainer:
    """The document that the faults lie in."""

    file: str
    tree: Node
    model: type[BaseModel]

    def explain(self, code: str, path: Path, details: dict[str, Any]) -> InvalidInput:
        value, said = _shown(details.pop("input", "")), str(details.pop("said", ""))
        if code == "handbook.unknown_metric":
            return self._choice(path, code, str(details["value"]), list(METRICS))
        if code in ("handbook.unknown_executor", "handbook.unknown_phase"):
            return self._choice(path, code, str(details["value"]), str(details["known"]).split(", "))
        if code.startswith("handbook."):
            if code == "handbook.not_a_deadline" and (near := nearest_deadline(value)):
                code, details = _NEAR[code], {**details, "nearest": near}
            return fault_at(self.file, self.tree, path, code, **details)
        if code == "extra_forbidden":
            return self._choice(path, "handbook.unknown_key", str(path[-1]), sorted(_keys_at(self.model, path[1:-1])))
        if code == "literal_error":
            choices = re.findall(r"'([^']*)'", str(details.get("expected", "")))
            return self._choice(path, "handbook.not_a_choice", value, choices)
        family = next((ours for start, ours in _FAMILIES if code.startswith(start)), "handbook.invalid")
        limit = next((_shown(details[name]) for name in _LIMITS if name in details), "")
        ours = _CODES.get(code, family)
        return fault_at(self.file, self.tree, path, ours, value=value, limit=limit, said=said)

    def _choice(self, path: Path, code: str, word: str, known: Sequence[str]) -> InvalidInput:
        return choice_fault(self.file, self.tree, path, code, (word, known))


def _shown(value: object) -> str:
    """Return a value short enough for a sentence."""
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _keys_at(model: type[BaseModel], path: Sequence[str | int]) -> set[str]:
    """Return the keys that the models at a path know."""
    models = [model]
    for part in path:
        fields = [one for holder in models for name, one in holder.model_fields.items() if part in (name, one.alias)]
        if fields:
            models = [found for one in fields for found in _models_in(one.annotation)]
    return {one.alias or name for holder in models for name, one in holder.model_fields.items()}


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)
