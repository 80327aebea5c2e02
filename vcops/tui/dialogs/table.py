"""Dialogs that one place opens and another owns, by name: imported when they are asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from textual.screen import Screen

__all__ = ["DIALOGS", "make_dialog"]

DIALOGS = {
    "first_run": "vcops.tui.first_run.form:first_run_form",
    "meeting_details": "vcops.tui.meetings.details:DetailsDialog",
    "meeting_form": "vcops.tui.meetings.form:meeting_form",
}
"""Name -> what makes the dialog: a class, or a function that is called with the keywords."""


def make_dialog(name: str, **keywords: Any) -> Screen[Any]:
    """Import a dialog and return a new one."""
    module, _colon, attribute = DIALOGS[name].partition(":")
    dialog: Screen[Any] = getattr(import_module(module), attribute)(**keywords)
    return dialog
