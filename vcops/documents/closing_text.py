"""A closing as a short text: what to keep beside the month's papers, and how to compare with it."""

from __future__ import annotations

from vcops.domain.closings import Closing
from vcops.domain.people import Office
from vcops.locale import _
from vcops.wording.closing import CODE_IS, answer_words, closed_words

__all__ = ["closing_text"]


def closing_text(closing: Closing, office: Office) -> str:
    """Return when and by whom, code, digest and answers; code and digest each in a line of its own, to be copied."""
    lines = [office.name, closed_words(closing, office.zone), "", f"{_(CODE_IS)}:", closing.code, "", "SHA-256:"]
    lines += [closing.digest, ""]
    if closing.number:
        lines.append(_("Number of the report: {number}").format(number=closing.number))
    lines += [f"- {said}" for said in answer_words(closing.answers)]
    lines.append(_("Compare with: vcops verify {code}").format(code=closing.code))
    return "\n".join(lines).lstrip("\n") + "\n"
