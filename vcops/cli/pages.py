"""How `sop list` and `standard list` print the handbook: one line or one JSON object a document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from vcops.cli.output import document, say
from vcops.domain.procedures import Procedure
from vcops.domain.standards import Standard
from vcops.locale import _, language
from vcops.operations import handbooks
from vcops.operations.workplace import Workplace

__all__ = ["list_pages"]

Page = TypeVar("Page", Procedure, Standard)


def list_pages(
    workplace: Workplace, kind: str, pages: Sequence[Page], facts: Callable[[Page], dict[str, Any]], *, as_json: bool
) -> None:
    """Print the pages of one kind (procedure, standard), saying of each whether it is the office's own.

    `facts` gives what the JSON object holds beside `id`, `title` and `own`.
    """
    own = {one.id for one in pages if handbooks.is_own(workplace, kind, one.id)}
    if as_json:
        document(
            [{"id": one.id, "title": one.title.said(language()), **facts(one), "own": one.id in own} for one in pages]
        )
        return
    for one in pages:
        say(f"{one.id:<24} {one.title.said(language())}  ({_whose(own=one.id in own)})")


def _whose(*, own: bool) -> str:
    return _("own") if own else _("shipped")
