"""Which keys of a walk come first in the footer: a narrow one has room for four beside the shell's own."""

from __future__ import annotations

from vcops.domain.runs import Standing
from vcops.tui.commands import Command
from vcops.tui.prepare.commands import COMMANDS

__all__ = ["by_need"]

_FAIL, _SKIP = "prepare.fail", "prepare.skip"


def by_need(standing: Standing | None) -> tuple[Command, ...]:
    """Return the commands with those first that a step needs most as it stands; None: it is no step.

    What is answered is not failed or skipped next, and what was measured and is not met has failed already: there
    these keys work as ever and leave their room in the footer to others.
    """
    last = {None: (), Standing.PENDING: (), Standing.PASS: (_FAIL, _SKIP), Standing.WARN: (_FAIL, _SKIP)}.get(
        standing, (_FAIL,)
    )
    return (*(one for one in COMMANDS if one.id not in last), *(one for one in COMMANDS if one.id in last))
