"""What the handbook's models share: a text in two languages, an identifier, and faults with a code and a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, LiteralString

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

__all__ = [
    "SEVERAL", "Bilingual", "Closed", "Identifier", "Text", "fault", "from_plain", "raise_faults", "repeated",
]  # fmt: skip

SEVERAL = "handbook.several"
"""Code of a fault that carries others in its context under `faults`."""


class Closed(BaseModel):
    """Base of everything read from YAML: frozen, and an unknown key is a fault rather than ignored.

    What reads a model is built when the first of its pages is read: most commands import these and read none.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, str_strip_whitespace=True, allow_inf_nan=False,
        defer_build=True,
    )  # fmt: skip


class Bilingual(Closed):
    """Indonesian first; English falls back to it."""

    id: str = Field(min_length=1, description="Bahasa Indonesia")
    en: str | None = Field(default=None, description="English; the Indonesian text is shown where it is missing")

    def said(self, language: str) -> str:
        """Return the text in `language` (`id` or `en`)."""
        return self.en if language == "en" and self.en else self.id


def from_plain(value: object) -> object:
    """Let an office write a plain string where it needs one language only."""
    return {"id": value} if isinstance(value, str) else value


Text = Annotated[Bilingual, BeforeValidator(from_plain, json_schema_input_type=str | Bilingual)]
"""Either a plain string (Indonesian) or `{id: ..., en: ...}`. Read it with `.said(language)`."""

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""Lower-case words joined by hyphens: `room-camera`."""


def fault(
    code: LiteralString, message: LiteralString, at: Sequence[str | int] = (), **params: str | int | float
) -> PydanticCustomError:
    """Return a fault for a validator to raise: a code that wording knows, and where below the model it lies.

    `at` is the path from the validated model to the key at fault, so that an editor can jump to its line.
    """
    return PydanticCustomError(code, message, {**params, "at": tuple(at)})


def raise_faults(faults: Iterable[PydanticCustomError]) -> None:
    """Raise what was found; several become one that carries them all, since a validator can raise only once."""
    found = list(faults)
    if len(found) == 1:
        raise found[0]
    if found:
        raise PydanticCustomError(SEVERAL, "{count} faults", {"count": len(found), "faults": tuple(found), "at": ()})


def repeated(ids: Sequence[str]) -> list[int]:
    """Return the places whose id was there before."""
    return [place for place, name in enumerate(ids) if name in ids[:place]]
