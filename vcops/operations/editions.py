"""Which edition of its procedure a run walks, and whether the handbook holds another by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcops.domain.editions import Edition, EditionState
from vcops.domain.frozen import edition
from vcops.operations.handbooks import left_out
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from vcops.domain.procedures import Procedure
    from vcops.domain.runs import Run, RunLine
    from vcops.errors import InvalidInput

__all__ = [
    "Edition", "EditionState", "digest_of_procedure", "edition_of_line", "edition_of_run", "standards_left_out",
]  # fmt: skip


def digest_of_procedure(procedure: Procedure) -> str:
    """Return the digest by which two procedures of one id and version are told apart."""
    return edition(procedure)


def edition_of_run(workplace: Workplace, run: Run) -> Edition:
    """Compare a run's procedure with the handbook's."""
    return _compared(workplace, run.procedure.id, run.procedure.version, edition(run.procedure))


def standards_left_out(workplace: Workplace, run: Run) -> tuple[InvalidInput, ...]:
    """Return the faults for which a standard of the office's was left out that the run's steps are judged by."""
    found = (left_out(workplace, "standard", one) for one in run.standards)
    return tuple(fault for fault in found if fault)


def edition_of_line(workplace: Workplace, line: RunLine) -> Edition | None:
    """Compare a listed run's procedure with the handbook's; None where what it froze cannot be read."""
    return None if line.altered else _compared(workplace, line.procedure_id, line.version, line.edition)


def _compared(workplace: Workplace, procedure_id: str, version: str, digest: str) -> Edition:
    fault = left_out(workplace, "procedure", procedure_id)
    now = workplace.handbook.procedures.get(procedure_id)
    if now is None:
        return Edition(EditionState.GONE, version, digest, left_out=fault)
    now_digest = edition(now)
    state = EditionState.SAME if now_digest == digest else EditionState.NEWER
    return Edition(state, version, digest, now.version, now_digest, fault)
