"""Every error's sentence and remedy, by code. A test holds this table against the codes the program raises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vcops.domain.periods import month_text
from vcops.errors import Param
from vcops.formats import month_name, number
from vcops.locale import _
from vcops.wording.on_screen import REMEDIES, Keys
from vcops.wording.sentences import SENTENCES
from vcops.wording.system import system_words

__all__ = ["Explanation", "explain"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happened and what was kept; then what to do."""

    message: str
    remedy: str


def explain(code: str, params: Mapping[str, Param], keys: Keys | None = None) -> Explanation:
    """Return the sentences for a code in the language in use; the code itself where none was written.

    With `keys` the remedy is the screens', which names one of them; without, the command line's. Of several cameras
    the one that is meant is named in front.
    """
    message, remedy = SENTENCES.get(code, (code, ""))
    remedy = remedy if keys is None else REMEDIES.get(code, remedy)
    shown = dict(keys or {}) | {name: "" if value is None else value for name, value in params.items()}
    if isinstance(said := shown.get("said"), str):
        shown["said"] = system_words(said)
    if isinstance(most := shown.get("most"), int):
        shown["most"] = number(most)
    if isinstance(month := shown.get("month"), int):
        shown["month"] = month_name(month_text(month))
    which = f"{shown['camera']}: " if shown.get("camera") else ""
    said_to_do = _(remedy).format_map(_Lenient(shown)) if remedy else ""
    return Explanation(which + _(message).format_map(_Lenient(shown)), said_to_do)


class _Lenient(dict[str, Param]):
    """A missing parameter shows as its name instead of ending the program."""

    def __missing__(self, key: str) -> str:
        return key
