"""The `validate` of procedures, standards and tariffs: every fault of a file, and exit status 2 where there is one.

A hint is told beside them and changes nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vcops.cli.output import complain, document, error_object, say
from vcops.errors import InvalidInput
from vcops.locale import _
from vcops.operations import handbooks
from vcops.operations.workplace import Workplace

__all__ = ["validate"]


def validate(workplace: Workplace, path: Path, kind: str, *, as_json: bool) -> int:
    """Print what is wrong with a file, fault by fault; return the exit status."""
    checked = handbooks.validate(workplace, path, kind)
    if as_json:
        found = [_fault(one) for one in checked.faults]
        hints = [_fault(one) for one in checked.hints]
        document({
            "file": checked.file, "kind": checked.kind, "id": checked.id, "valid": not found, "faults": found,
            "hints": hints,
        })  # fmt: skip
    for one in checked.hints:
        complain(one, as_json=False)
    if not checked.faults:
        if not as_json:
            say(_("{file}: {id} has no faults.").format(file=checked.file, id=checked.id))
        return 0
    return max(complain(one, as_json=False) for one in checked.faults)


def _fault(error: InvalidInput) -> dict[str, Any]:
    place = {name: error.params.get(name) for name in ("line", "column", "key")}
    return error_object(error) | place
