"""`vcops db`: where the database lies, whether it is sound, backup, restore, migration."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from vcops.cli.forms import as_json as json_option
from vcops.cli.output import document, say
from vcops.formats import number
from vcops.locale import _
from vcops.operations import databases
from vcops.operations.workplace import Workplace

__all__ = ["db"]

_FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))


@click.group(help=_("The database: path, check, backup, restore, migrate."))
def db() -> None:
    """The database."""


@db.command("path", help=_("Print where the database lies."))
@json_option
@click.pass_obj
def path(workplace: Workplace, as_json: bool) -> None:
    """Print where it lies."""
    place = databases.place(workplace)
    if as_json:
        document({"path": place})
    else:
        say(place)


@db.command("check", help=_("Read the whole database and say whether it is sound."))
@json_option
@click.pass_obj
def check(workplace: Workplace, as_json: bool) -> None:
    """Check it."""
    found = databases.tidy(workplace)
    if as_json:
        document({"sound": True, **asdict(found)})
        return
    size = "" if found.bytes is None else _(", {size} bytes").format(size=number(found.bytes))
    said = _("{place}: sound (schema {schema}{size}, {meetings} meetings, {entries} journal entries)")
    say(
        said.format(
            place=found.place,
            schema=found.schema,
            size=size,
            meetings=number(found.meetings),
            entries=number(found.entries),
        )
    )
    if found.pictures_deleted:
        kept = _("Pictures deleted whose days are over: {count}")
        say(kept.format(count=number(found.pictures_deleted)))


@db.command("backup", help=_("Write the whole database into one new file; others may go on working."))
@_FILE
@json_option
@click.pass_obj
def backup(workplace: Workplace, file: Path, as_json: bool) -> None:
    """Back it up."""
    written = databases.back_up(workplace, file)
    if as_json:
        document({"backup": str(written)})
    else:
        say(_("Backup written: {file}").format(file=written))


@db.command("restore", help=_("Put a backup in the place of the database; what was there is kept beside it."))
@_FILE
@json_option
@click.pass_obj
def restore(workplace: Workplace, file: Path, as_json: bool) -> None:
    """Restore a backup."""
    kept = databases.restore(workplace, file)
    if as_json:
        document({"restored": str(file), "kept": str(kept) if kept else None})
        return
    say(_("Restored from {file}.").format(file=file))
    if kept:
        say(_("What was there before is kept: {file}").format(file=kept))


@db.command("migrate", help=_("Bring an older database to this program's schema; a backup is kept."))
@json_option
@click.pass_obj
def migrate(workplace: Workplace, as_json: bool) -> None:
    """Migrate it."""
    done = databases.migrate(workplace)
    if as_json:
        document({"from": done.found, "to": done.now, "backup": str(done.backup) if done.backup else None})
    elif done.backup is None:
        say(_("Nothing to do: the database has schema {schema} already.").format(schema=done.now))
    else:
        say(_("Migrated from schema {old} to {new}.").format(old=done.found, new=done.now))
        say(_("The database as it was is kept: {file}").format(file=done.backup))
