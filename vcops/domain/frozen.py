"""What a run keeps of the handbook: the procedure and its standards as they were, as text with one spelling only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from vcops.domain.journal import digest_of
from vcops.domain.meeting_facts import Facts
from vcops.domain.needs import Needs
from vcops.domain.procedures import Procedure
from vcops.domain.standards import Standard, standard_from_json

__all__ = ["edition", "facts_from_json", "facts_to_json", "freeze", "standards_of", "thaw"]


def standards_of(
    procedure: Procedure, standards: Mapping[str, Standard], needs: Needs | None = None
) -> dict[str, Standard]:
    """Return the standards that a procedure's steps name, with numbers for what the meeting needs.

    Raises KeyError where one is missing.
    """
    return {
        step.standard: standards[step.standard].resolved(needs)
        for step in procedure.steps()
        if step.standard is not None
    }


def freeze(procedure: Procedure, standards: Mapping[str, Standard]) -> str:
    """Return canonical JSON: sorted keys, no spaces, defaults written out, so that a later default changes nothing."""
    return _canonical(
        {
            "procedure": procedure.model_dump(mode="json", by_alias=True),
            "standards": {name: one.model_dump(mode="json", by_alias=True) for name, one in standards.items()},
        }
    )


def edition(procedure: Procedure) -> str:
    """Return the digest (SHA-256) of a procedure as it reads today, the same for a file and for what froze it.

    Taken of the model and not of the frozen text: a key that a later program adds to every procedure makes no new one.
    """
    return _edition(_Same(procedure))


class _Same:
    """One procedure and no other, for a cache: comparing two of 200 steps would take as long as reading one."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.procedure is self.procedure

    def __hash__(self) -> int:
        return id(self.procedure)


@lru_cache(maxsize=32)
def _edition(one: _Same) -> str:
    return digest_of(_canonical(one.procedure.model_dump(mode="json", by_alias=True)))


@lru_cache(maxsize=16)
def thaw(text: str) -> tuple[Procedure, Mapping[str, Standard]]:
    """Return what `freeze` wrote. Cached: the runs of one procedure share one text."""
    data = json.loads(text)
    standards = {name: standard_from_json(one) for name, one in data["standards"].items()}
    return Procedure.model_validate(data["procedure"]), standards


def facts_to_json(facts: Facts) -> str:
    """Return the facts as text."""
    return _canonical(
        {
            "kind": facts.kind,
            "mode": facts.mode,
            "service": sorted(facts.service),
            "participants": facts.participants,
            "backup_link": facts.backup_link,
        }
    )


def facts_from_json(text: str) -> Facts:
    """Return what `facts_to_json` wrote."""
    data = json.loads(text)
    return Facts(**{**data, "service": frozenset(data.get("service", ()))})


def _canonical(values: Mapping[str, Any]) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
