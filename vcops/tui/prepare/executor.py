"""Who carries out a walk: remembered for each run on this machine, where it is not who works at it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace

__all__ = ["executor_of", "remember_executor"]

_KEY = "executors"
_MOST = 20
"""Runs whose executor is remembered; older ones are over."""


def executor_of(workplace: Workplace, run_id: str) -> str:
    """Return who carries out a run here: the name that was typed for it, else who works here."""
    return _read(workplace).get(run_id) or workplace.who


def remember_executor(workplace: Workplace, run_id: str, name: str) -> None:
    """Remember a name for a run; who works here needs none."""
    kept = {one: name for one, name in _read(workplace).items() if one != run_id}
    if name and name != workplace.who:
        kept[run_id] = name
    workplace.memory.keep(**{_KEY: json.dumps(dict(list(kept.items())[-_MOST:]), ensure_ascii=False)})


def _read(workplace: Workplace) -> dict[str, str]:
    try:
        found = json.loads(workplace.memory.read().get(_KEY, "{}"))
    except ValueError:
        return {}
    return {str(one): str(name) for one, name in found.items()} if isinstance(found, dict) else {}
