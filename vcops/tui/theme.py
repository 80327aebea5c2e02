"""Two colour themes and the terminal's own colours. One accent; green, amber and red only for verdicts."""

from __future__ import annotations

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

__all__ = ["DEFAULT", "THEMES"]

DEFAULT = "vcops-dark"

_DARK = Theme(
    name="vcops-dark",
    primary="#4fb6c2",
    secondary="#8aa0ad",
    accent="#4fb6c2",
    warning="#e0b052",
    error="#e8736f",
    success="#79c07f",
    foreground="#d5dbe0",
    background="#12171b",
    surface="#12171b",
    panel="#1b2329",
    boost="#1b2329",
    dark=True,
    variables={
        "block-cursor-background": "#24454c",
        "block-cursor-foreground": "#f2f6f8",
        "block-cursor-text-style": "none",
        "text-muted": "#8797a1",
        "text-success": "#79c07f",
        "text-warning": "#e0b052",
        "text-error": "#e8736f",
        "input-selection-background": "#4fb6c2 35%",
        "scrollbar": "#2a353c",
        "scrollbar-hover": "#3a4952",
        "scrollbar-active": "#4fb6c2",
        "scrollbar-background": "#12171b",
        "scrollbar-background-hover": "#12171b",
        "scrollbar-background-active": "#12171b",
    },
)
_LIGHT = Theme(
    name="vcops-light",
    primary="#0a6b78",
    secondary="#5a6b75",
    accent="#0a6b78",
    warning="#8a5a00",
    error="#b3261e",
    success="#1f7a34",
    foreground="#1c2429",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#ecebe5",
    boost="#ecebe5",
    dark=False,
    variables={
        "block-cursor-background": "#cfe6e8",
        "block-cursor-foreground": "#0d1417",
        "block-cursor-text-style": "none",
        "text-muted": "#5f6d75",
        "text-success": "#1f7a34",
        "text-warning": "#8a5a00",
        "text-error": "#b3261e",
        "input-selection-background": "#0a6b78 25%",
        "scrollbar": "#d8d6cd",
        "scrollbar-hover": "#c3c1b6",
        "scrollbar-active": "#0a6b78",
        "scrollbar-background": "#fbfaf7",
        "scrollbar-background-hover": "#fbfaf7",
        "scrollbar-background-active": "#fbfaf7",
    },
)
_ANSI = replace(
    BUILTIN_THEMES["ansi-dark"],
    name="vcops-ansi",
    accent="ansi_cyan",
    variables={
        **BUILTIN_THEMES["ansi-dark"].variables,
        "block-cursor-text-style": "none",
        "text-muted": "ansi_bright_black",
        "scrollbar": "ansi_bright_black",
        "scrollbar-hover": "ansi_white",
        "scrollbar-active": "ansi_cyan",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
        "text-success": "ansi_green",
        "text-warning": "ansi_yellow",
        "text-error": "ansi_red",
    },
)

THEMES = {one.name: one for one in (_DARK, _LIGHT, _ANSI)}
"""`vcops-dark`, `vcops-light` and `vcops-ansi`, in the order in which the palette goes round."""
