"""The JSON Schema of the handbook's files, so that an editor completes and explains them while they are typed."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from vcops.handbook.pages import KINDS

__all__ = ["json_schema"]

_ABOUT = {
    "procedure": "A standard operating procedure, with the fields of PermenPANRB 35/2012",
    "standard": "What an office asks of a camera, a connection, a platform, sound or a room",
    "tariff": "Rates for the cost that a meeting avoided",
    "platform": "What a meeting platform asks of a link, and its addresses and ports",
    "holidays": "Days on which this office alone is closed, or works although others do not",
}


def json_schema() -> dict[str, Any]:
    """Return one schema for all kinds of files: exactly one key at the top says which it is."""
    references, definitions = models_json_schema([(model, "validation") for model in KINDS.values()], by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "vcops handbook",
        "description": "One procedure, one standard, one tariff, one platform or the own days of an office",
        "type": "object",
        "properties": {
            kind: {"description": _ABOUT[kind], **references[model, "validation"]} for kind, model in KINDS.items()
        },
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
        **definitions,
    }
