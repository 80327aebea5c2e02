"""What goes wrong with the database."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "storage.busy": (
        N_("The database {url} is held by another program for too long; nothing was stored."),
        N_("Try again in a moment; close other programs that have the file open."),
    ),
    "storage.read_only": (
        N_("The database {url} cannot be written; what was there is untouched."),
        N_("Ask for write permission on the file and its folder, or choose another with --home or --database."),
    ),
    "storage.full": (
        N_("The disk that holds {url} is full; the last change was not stored, everything before it was."),
        N_("Free some space and repeat the last step."),
    ),
    "storage.foreign": (
        N_("{url} is not a vcops database; it was not touched."),
        N_("Choose another file with --database."),
    ),
    "storage.damaged": (
        N_("The database {url} is damaged; it was not touched."),
        N_("Restore the last backup with: vcops db restore FILE."),
    ),
    "storage.no_folder": (
        N_("The folder of the database {url} does not exist; nothing was created."),
        N_("Check the spelling, or make the folder first."),
    ),
    "storage.cannot_open": (
        N_("The database {url} cannot be opened."),
        N_("Check that its folder exists and that you may write there, or choose another with --home or --database."),
    ),
    "storage.password": (
        N_("The server of {url} refused the name or the password."),
        N_("Correct the database URL in config.toml or VCOPS_DATABASE."),
    ),
    "storage.unreachable": (
        N_("The database server of {url} does not answer; nothing was stored."),
        N_("Check the network, or work on the embedded database with --home."),
    ),
    "storage.input_output": (
        N_("The disk that holds {url} reports an error; the last change was not stored."),
        N_("Copy the database to another disk before you go on."),
    ),
    "storage.inconsistent": (
        N_("The database refused the change: {said}; nothing was stored."),
        "",
    ),
    "storage.altered": (
        N_(
            "The {entity} {id} holds {value} as its {column}, which this program never writes: it was edited behind "
            "the program's back. Nothing was changed."
        ),
        N_("Run: vcops journal --verify. It names every row that was edited; then restore a backup."),
    ),
    "storage.altered_some": (
        N_(
            "A {entity} holds {value} as its {column}, which this program never writes: it was edited behind the "
            "program's back. Nothing was changed."
        ),
        N_("Run: vcops journal --verify. It names every row that was edited; then restore a backup."),
    ),
    "storage.altered_time": (
        N_("{value} is stored where a time belongs: it was edited behind the program's back. Nothing was changed."),
        N_("Run: vcops journal --verify. It names every row that was edited; then restore a backup."),
    ),
    "storage.failed": (
        N_("The database {url} failed: {said}; the last change was not stored."),
        N_("Run: vcops doctor."),
    ),
    "storage.newer": (
        N_(
            "This database was written by a newer vcops (schema {found}, this program knows {ours}); it was not touched."
        ),
        N_("Install the newer vcops on this machine too."),
    ),
    "storage.older": (
        N_("This database is of an older vcops (schema {found}, this program needs {ours}); it was not touched."),
        N_("Run: vcops db migrate. It keeps a backup beside it."),
    ),
    "storage.no_driver": (
        N_("PostgreSQL needs a driver that is not installed here ({said}); nothing was opened."),
        N_("Install it with: pip install 'vcops[postgres]'."),
    ),
    "storage.unknown_kind": (
        N_("{url} is not a kind of database that vcops knows."),
        N_("Use sqlite:///FILE or postgresql://NAME@SERVER/DATABASE."),
    ),
    "store.gone": (
        N_("That entry was removed meanwhile by someone else; nothing was stored."),
        N_("Look at the list again."),
    ),
    "storage.no_such_file": (
        N_("There is no file {url}; the database is as it was."),
        N_("Check the name of the backup."),
    ),
    "backup.exists": (
        N_("{file} is there already; no backup was made."),
        N_("Choose another name, or move that file away."),
    ),
    "backup.cannot_write": (
        N_("The backup {file} cannot be written: {said}; the database is as it was."),
        N_("Choose another place, or ask for write permission."),
    ),
    "journal.edited": (
        N_("Entry {seq} of the journal ({entity} {id}) was edited behind the program's back."),
        "",
    ),
    "journal.missing": (
        N_("Entries {first} to {last} of the journal were deleted behind the program's back."),
        "",
    ),
    "journal.reordered": (
        N_("Entry {seq} of the journal was entry {was} before; the order was changed behind the program's back."),
        "",
    ),
    "journal.broken": (
        N_("Entry {seq} of the journal ({entity} {id}) does not follow the one before it."),
        "",
    ),
    "journal.cut": (
        N_("Entries {first} to {last} at the end of the journal were cut off; this machine has seen them."),
        "",
    ),
    "journal.rewritten": (
        N_("Entry {seq} of the journal is not the one that this machine has seen; the journal was rewritten."),
        "",
    ),
    "row.edited": (
        N_("{entity} {id} was edited behind the program's back: {columns}. Its last entry is number {seq}."),
        "",
    ),
    "row.missing": (
        N_("{entity} {id} was deleted behind the program's back. Its last entry is number {seq}."),
        "",
    ),
    "row.unknown": (
        N_("{entity} {id} was put in behind the program's back: the journal does not know it."),
        "",
    ),
    "row.returned": (
        N_("{entity} {id} was put back behind the program's back: entry {seq} deleted it."),
        "",
    ),
}
