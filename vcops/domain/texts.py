"""A short text in both languages, as the handbook's YAML carries it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

__all__ = ["Closed", "Identifier", "Text"]


class Closed(BaseModel):
    """Base of everything read from YAML: frozen, and an unknown key is a fault rather than ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, str_strip_whitespace=True)


class _Bilingual(Closed):
    """Indonesian first; English falls back to it."""

    id: str = Field(min_length=1, description="Bahasa Indonesia")
    en: str | None = Field(default=None, description="English; the Indonesian text is shown where it is missing")

    def said(self, language: str) -> str:
        """Return the text in `language` (`id` or `en`)."""
        return self.en if language == "en" and self.en else self.id


def _from_plain(value: object) -> object:
    """Let an office write a plain string where it needs one language only."""
    return {"id": value} if isinstance(value, str) else value


Text = Annotated[_Bilingual, BeforeValidator(_from_plain, json_schema_input_type=str | _Bilingual)]
"""Either a plain string (Indonesian) or `{id: ..., en: ...}`. Read it with `.said(language)`."""

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""Lower-case words joined by hyphens: `room-camera`."""
