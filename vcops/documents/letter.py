"""A paper as PDF: its data for the template, with the words that stand around them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from vcops.documents.paper import Paper
from vcops.documents.press import Press
from vcops.locale import _, language

__all__ = ["around", "paper_pdf"]


def paper_pdf(press: Press, paper: Paper) -> bytes:
    """Return a paper as PDF on A4. Raises InvalidInput for a template of the office's that does not compile."""
    data = asdict(paper)
    dated = data.pop("dated")
    return press.pdf("paper", {**data, "words": around()}, dated=dated)


def around() -> dict[str, Any]:
    """Return the words that every document carries, and its language."""
    return {"language": language(), "page": _("Page"), "of": _("of"), "nip": _("NIP")}
