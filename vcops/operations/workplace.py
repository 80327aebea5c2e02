"""The workplace: who works, in which language, on which database and handbook. Opened once, handed to every deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from vcops.errors import StorageError
from vcops.settings import Memory, Options, Places, Settings, find_places, load_settings, system_user

if TYPE_CHECKING:
    from vcops.handbook import Handbook, Seen
    from vcops.store.database import Store

__all__ = ["Workplace", "open_workplace"]


class Workplace:
    """Settings, and the store and the handbook opened when first needed: nothing heavy happens before."""

    def __init__(self, options: Options, places: Places, settings: Settings, clock: Callable[[], datetime]) -> None:
        self.options = options
        self.places = places
        self.settings = settings
        self.clock = clock
        self.memory = Memory(places.memory_file)
        self.who = _printable(options.who or self.memory.read().get("who") or "") or system_user()
        self._handbook_seen: Seen = {}

    @property
    def demo(self) -> bool:
        """Whether all of this is an example on a throwaway database; marked CONTOH everywhere."""
        return self.options.demo

    @property
    def database_url(self) -> str:
        """The database's URL: the option, the configuration, else the embedded file. May hold a password."""
        chosen = self.options.database or self.settings.database
        if not chosen:
            return f"sqlite:///{self.places.database_file}"
        return chosen if "://" in chosen else f"sqlite:///{Path(chosen).expanduser().absolute()}"

    @property
    def database_file(self) -> Path | None:
        """The SQLite file, where the database is one."""
        scheme, _, path = self.database_url.partition(":///")
        return Path(path) if scheme.startswith("sqlite") else None

    @property
    def database_name(self) -> str:
        """A short name for the header: the file's name, or `database@server`."""
        if self.database_file is not None:
            return self.database_file.name
        server = self.database_url.rpartition("@")[2].partition("://")[2] or self.database_url.rpartition("@")[2]
        return server.partition("?")[0]

    @property
    def read_only(self) -> bool:
        """Whether the database is a file that can be read here and not written."""
        from vcops.store.files import forbidden

        return self.database_file is not None and forbidden(self.database_file)

    @property
    def handbook_folder(self) -> Path:
        """The office's own YAML, which overrides the shipped by id."""
        chosen = self.options.office or self.settings.handbook
        return Path(chosen).expanduser() if chosen else self.places.handbook

    @cached_property
    def store(self) -> Store:
        """The open database. Raises StorageError."""
        from vcops.store.database import open_store

        return open_store(self.database_url, heads=self.places.heads, clock=self.clock)

    @cached_property
    def handbook(self) -> Handbook:
        """Procedures, standards and tariffs. A faulty file of the office's is left out and named in `faults`."""
        from vcops.handbook import open_handbook, seen_in

        self._handbook_seen = seen_in(self.handbook_folder)  # before it is read: what changes meanwhile is read anew
        return open_handbook(self.handbook_folder)

    def renew_handbook(self) -> bool:
        """Read the handbook anew where a file of the office's was written since; return whether it was.

        Whoever has the program open all day goes on by what is in force now, and a file that was spoilt is said.
        """
        from vcops.handbook import have_changed

        if "handbook" not in self.__dict__ or not have_changed(self._handbook_seen):
            return False
        del self.__dict__["handbook"]
        self.handbook  # noqa: B018 - read now, where nobody waits for a key
        return True

    def work_as(self, name: str) -> None:
        """Remember who works here from now on."""
        self.who = _printable(name) or system_user()
        self.memory.keep(who=self.who)

    def close(self) -> None:
        """Let go of the database, if it was opened."""
        if "store" in self.__dict__:
            self.store.close()
            del self.__dict__["store"]


def _printable(name: str) -> str:
    """Return a name without what would move another's cursor: it is shown in the journal for ever."""
    return "".join(letter for letter in name if letter.isprintable()).strip()


def open_workplace(options: Options, clock: Callable[[], datetime] | None = None) -> Workplace:
    """Read the machine's configuration. Opens no database yet.

    Raises InvalidInput for a faulty config.toml, StorageError where a named database's folder is not there.
    """
    places = find_places(options.home)
    opened = Workplace(options, places, load_settings(places.config_file), clock or (lambda: datetime.now(UTC)))
    file = opened.database_file
    if file is not None and file != places.database_file and not file.parent.is_dir():
        raise StorageError("storage.no_folder", url=str(file))  # a slip of the pen must not look like lost data
    return opened
