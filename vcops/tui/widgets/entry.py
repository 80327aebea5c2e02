"""A line to type in: Textual's `Input` without a border, one row high."""

from __future__ import annotations

from textual.widgets import Input

__all__ = ["Entry"]


class Entry(Input):
    """An `Input` of one row.

    Its styles are what Textual's `compact` sets, without the class of that: for the class every new field has its
    styles matched twice more, and a form has a dozen of them.
    """

    DEFAULT_CSS = """
    Entry, Entry:focus { border: none; height: 1; padding: 0; }
    """
