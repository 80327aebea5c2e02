"""What a faulty file was to be: said to whoever wonders why the office's own page is not in force."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from vcops.handbook.pages import KINDS, MOST_BYTES, Page

__all__ = ["named_in"]

_KIND = re.compile(rf"^[{{\s]*[\"']?({'|'.join(KINDS)})[\"']?\s*:", re.MULTILINE)
_ID = re.compile(r"[\"']?\bid[\"']?\s*:\s*[\"']?([a-z0-9][a-z0-9-]*)")


def named_in(page: Page) -> tuple[str, str] | None:
    """Return the kind and the id of a page that was left out; None where nothing tells the kind.

    Where the text is no YAML any more they are looked for in its letters; without an id the file's name is taken, which
    is the id where `vcops sop new` has made the file.
    """
    if page.kind and page.tree is not None and isinstance(page.tree.value, dict):
        inside = page.tree.value[page.kind].value
        named = inside.get("id") if isinstance(inside, dict) else None
        return page.kind, str(named.value) if named is not None else Path(page.file).stem
    text = ""
    with suppress(OSError), Path(page.file).open("rb") as stream:
        text = stream.read(MOST_BYTES).decode("utf-8", errors="replace")
    kind = _KIND.search(text)
    if kind is None:
        return None
    named_id = _ID.search(text, kind.end())
    return kind[1], named_id[1] if named_id else Path(page.file).stem
