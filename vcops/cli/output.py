"""What a command prints: one JSON document, or text for people on stdout; complaints in one sentence on stderr."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from vcops.cli.folding import folded, width_of
from vcops.errors import VcopsError

if TYPE_CHECKING:
    from vcops.wording.errors import Explanation

__all__ = ["complain", "document", "error_object", "say", "tell"]


def document(value: Any) -> None:
    """Print the one JSON document of `--json`."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """Print a line for people on stdout."""
    click.echo(text)


def tell(text: str) -> None:
    """Print narration on stderr, broken between words where somebody reads it."""
    for line in folded(text, width_of(sys.stderr)):
        click.echo(line, err=True)


def _explained(error: VcopsError) -> Explanation:
    from vcops.wording.columns import with_label
    from vcops.wording.errors import explain

    return explain(error.code, with_label(error.code, error.params))


def error_object(error: VcopsError) -> dict[str, str]:
    """Return `{"code", "message", "remedy"}` of the JSON contract."""
    said = _explained(error)
    return {"code": error.code, "message": said.message, "remedy": said.remedy}


def complain(error: VcopsError, *, as_json: bool) -> int:
    """Say what happened, what was kept and what to do; return the exit status."""
    said = _explained(error)
    tell(f"vcops: {said.message} {said.remedy}".rstrip())
    if as_json:
        document({"error": error_object(error)})
    return error.exit_status
