"""The `new` of procedures and tariffs: a commented file of the office's own, and what to do with it next."""

from __future__ import annotations

from vcops.cli.output import document, say, tell
from vcops.operations.own_pages import new_page
from vcops.operations.workplace import Workplace

__all__ = ["write_new"]


def write_new(workplace: Workplace, kind: str, page_id: str, then: str, *, as_json: bool) -> None:
    """Write the file and print where it lies; `then`, translated, says what comes next, with `{file}` in it."""
    file = new_page(workplace, kind, page_id)
    if as_json:
        document({"id": page_id.strip(), "file": str(file)})
        return
    say(str(file))
    tell(then.format(file=file))
