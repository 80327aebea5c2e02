"""Textual's bindings out of the commands' records."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from vcops.tui.commands import Command

__all__ = ["bindings"]


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Return one binding a command that has a key. `id` lets config.toml remap it; the footer is ours."""
    return [
        Binding(one.key, one.does, one.footer, show=bool(one.footer), id=one.id, priority=one.first)
        for one in commands
        if one.key
    ]
