"""The sentences of errors, findings and notes as the screens tell them: their remedies name keys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from vcops.errors import Param
from vcops.tui.commands import all_commands, key_name

if TYPE_CHECKING:
    from vcops.domain.findings import Finding
    from vcops.domain.standards import Standard
    from vcops.wording.errors import Explanation
    from vcops.wording.on_screen import Keys

__all__ = ["explain", "finding_words", "keys", "note_words"]


@cache
def keys() -> Keys:
    """Return every command's first key, by the name that remedies use."""
    return {one.id.replace(".", "_").replace("-", "_"): key_name(one.key) for one in all_commands() if one.key}


def explain(code: str, params: Mapping[str, Param]) -> Explanation:
    """Return what happened and what was kept; then what to do here."""
    from vcops.wording import errors

    return errors.explain(code, params, keys())


def finding_words(finding: Finding, standard: Standard | None = None) -> str:
    """Return what a check found and what to do about it here."""
    from vcops.wording import findings

    return findings.finding_words(finding, standard, keys())


def note_words(note: str | None) -> str:
    """Return the remark on a reading; empty where there is none."""
    from vcops.wording import metrics

    return metrics.note_words(note, keys())
