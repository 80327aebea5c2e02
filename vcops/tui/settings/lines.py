"""What Settings shows, read in the store's thread, and its lines."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from vcops.domain.people import Office, zone_short
from vcops.domain.signatories import PARTS, Signatory
from vcops.locale import _, language
from vcops.operations import directory, signatories, tariffs
from vcops.operations.workplace import Workplace
from vcops.tui.plain import Cell
from vcops.tui.widgets.table import Column, Line
from vcops.wording.evidence import days_words, keeping_name
from vcops.wording.signatories import part_name

__all__ = ["COLUMNS", "Shown", "read", "settings_lines", "theme_name", "whereabouts"]

COLUMNS = (Column(width=28), Column())


@dataclass(frozen=True, slots=True)
class Shown:
    """What is read from the database."""

    office: Office
    tariff: str
    basis: str
    signing: tuple[Signatory, ...] = ()

    def signatory(self, part: str) -> Signatory | None:
        """Return who was set to sign there."""
        return next((one for one in self.signing if one.part == part), None)


def read(workplace: Workplace) -> Shown:
    """Return the office, who signs, and the tariff in force. Raises StorageError."""
    adopted, tongue = tariffs.in_force(workplace), language()
    office, signing = directory.office(workplace), tuple(signatories.listing(workplace))
    if adopted is None:
        return Shown(office, "", "", signing)
    return Shown(office, adopted.tariff.title.said(tongue), adopted.tariff.basis.said(tongue), signing)


def theme_name(theme: str) -> str:
    """Return a theme's name in the language in use."""
    return {
        "vcops-dark": _("dark"),
        "vcops-light": _("light"),
        "vcops-ansi": _("the terminal's own colours"),
    }.get(theme, theme)


def whereabouts(workplace: Workplace) -> dict[str, str]:
    """Return where database, configuration, handbook and log lie, by the names of the `copy:` lines."""
    return {
        "database": str(workplace.database_file or workplace.database_name),
        "config": str(workplace.places.config_file),
        "secrets": str(workplace.places.secrets_file),
        "handbook": str(workplace.handbook_folder),
        "log": str(workplace.places.log_file),
    }


def _short(path: str) -> str:
    """Return a path with `~` for one's home."""
    home = str(Path.home())
    return "~" + path[len(home) :] if path.startswith(home + os.sep) else path


def _signing(one: Signatory | None) -> str:
    """Return `Plt. Kepala Dinas: Siti Aminah`; empty where nobody was set."""
    if one is None:
        return ""
    return ": ".join(part for part in (", ".join(one.titles), one.name) if part)


def settings_lines(workplace: Workplace, shown: Shown, theme: str) -> list[Line]:
    """Return the lines; keys are what `change` acts on, `copy:` before what can only be copied."""
    office, where = shown.office, whereabouts(workplace)
    groups = (
        (
            _("Here"),
            (
                ("who", _("Who works here"), workplace.who),
                ("language", _("Language"), "Indonesia" if language() == "id" else "English"),
                ("theme", _("Colours"), theme_name(theme)),
            ),
        ),
        (
            _("Office"),
            (
                ("office:name", _("Name"), office.name),
                ("office:address", _("Address"), office.address.replace("\n", ", ")),
                ("office:place", _("Place of signing"), office.place),
                ("office:zone", _("Time zone"), zone_short(office.zone)),
                ("office:measure_servers", _("Servers to measure"), " ".join(office.measure_servers)),
                ("office:platform", _("Usual platform"), office.platform),
                ("office:paper", _("Paper"), office.paper.upper()),
                ("office:snapshots", _("Pictures kept"), keeping_name(office.snapshots)),
                ("office:snapshot_days", _("Pictures kept for"), days_words(office.snapshot_days)),
            ),
        ),
        (
            _("Who signs papers"),
            tuple((f"signatory:{part}", part_name(part), _signing(shown.signatory(part))) for part in PARTS),
        ),
        (
            _("What a meeting saves"),
            (
                ("tariff", _("Tariff in force"), shown.tariff or _("no tariff yet")),
                *((("tariff:basis", _("Basis"), shown.basis),) if shown.basis else ()),
            ),
        ),
        (
            _("Where everything lies (Enter copies)"),
            (
                ("copy:database", _("Database"), _short(where["database"])),
                ("copy:config", _("Configuration"), _short(where["config"])),
                ("copy:secrets", _("Passwords"), _short(where["secrets"])),
                ("copy:handbook", _("Office's handbook"), _short(where["handbook"])),
                ("copy:log", _("Log"), _short(where["log"])),
            ),
        ),
    )
    lines: list[Line] = []
    for heading, rows in groups:
        if lines:
            lines.append(Line("", ("",)))
        lines.append(Line("", (Cell(heading, "strong"),)))
        lines += [Line(key, (Cell(f"  {label}", "dim"), value or Cell("–", "dim"))) for key, label, value in rows]
    return lines
