"""The handbook: what ships, overridden by id from the office's own folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vcops.domain.procedures import Procedure
from vcops.domain.standards import Standard
from vcops.domain.tariffs import Tariff

__all__ = ["Handbook", "open_handbook"]


@dataclass(frozen=True, slots=True)
class Handbook:
    """Everything the office works by, by id."""

    procedures: Mapping[str, Procedure]
    standards: Mapping[str, Standard]
    tariffs: Mapping[str, Tariff]


def open_handbook(own: Path) -> Handbook:
    """Read the shipped YAML and the office's own folder over it. Raises InvalidInput naming file, line and key."""
    raise NotImplementedError(own)
