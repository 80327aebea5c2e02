"""Where things lie on this machine, and what its `config.toml` says. Facts of the office live in the database."""

from __future__ import annotations

import getpass
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from vcops.errors import InvalidInput

__all__ = [
    "Memory",
    "Options",
    "Places",
    "Settings",
    "find_places",
    "load_settings",
    "machine_wide_data",
    "machine_wide_temporary",
    "system_user",
]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line or the environment said; None where it said nothing."""

    database: str | None = None
    home: Path | None = None
    language: str | None = None
    office: Path | None = None
    who: str | None = None
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """This installation's folders. They are made with mode 0700 when first written to."""

    config: Path
    data: Path
    state: Path

    @property
    def config_file(self) -> Path:
        """Facts of the machine."""
        return self.config / "config.toml"

    @property
    def secrets_file(self) -> Path:
        """Logins of cameras and proxies; only its owner may read it."""
        return self.config / "secrets.toml"

    @property
    def database_file(self) -> Path:
        """The embedded database."""
        return self.data / "vcops.db"

    @property
    def handbook(self) -> Path:
        """The office's own YAML."""
        return self.data / "handbook"

    @property
    def heads(self) -> Path:
        """The journal's newest hashes, outside the database."""
        return self.state / "heads"

    @property
    def log_file(self) -> Path:
        """The rotating log."""
        return self.state / "vcops.log"

    @property
    def memory_file(self) -> Path:
        """What the program remembers by itself."""
        return self.state / "remembered.json"

    @property
    def national_days_file(self) -> Path:
        """The national holidays as they were last reckoned."""
        return self.state / "national-days.json"


def machine_wide_data() -> Path:
    """Return the data folder that everyone on this machine shares."""
    if sys.platform.startswith("linux"):
        return Path("/var/lib/vcops")
    return Path(platformdirs.site_data_dir("vcops", appauthor=False))


def machine_wide_temporary() -> Path:
    """Return a folder in which every account of this machine may make a file that outlives nothing."""
    if sys.platform == "win32":
        import tempfile  # the others' start need not wait for it

        return Path(os.environ.get("PROGRAMDATA") or tempfile.gettempdir())
    if sys.platform == "darwin":  # there TMPDIR is each account's own
        return Path("/tmp")  # noqa: S108 - as below
    return Path(os.environ.get("TMPDIR") or "/tmp")  # noqa: S108 - a lock is opened there, and no link followed


def find_places(home: Path | None) -> Places:
    """Return the folders: all inside `home` where it is given, else the platform's own.

    A machine-wide data folder is used where it exists and holds a database.
    """
    if home is not None:
        home = home.expanduser().absolute()
        return Places(home, home, home / "state")
    own = platformdirs.PlatformDirs("vcops", appauthor=False)
    data, shared = own.user_data_path, machine_wide_data()
    with suppress(OSError):
        if not (data / "vcops.db").exists() and (shared / "vcops.db").exists():
            data = shared
    return Places(own.user_config_path, data, own.user_state_path)


@dataclass(frozen=True, slots=True)
class Settings:
    """The machine's `config.toml`. Every key is optional."""

    database: str = ""
    """URL of the database; empty: the embedded SQLite file."""
    language: str = ""
    """`id` or `en`; empty: the locale's."""
    handbook: str = ""
    """The office's own folder of YAML; empty: `handbook` in the data folder."""
    theme: str = ""
    """Name of the colour theme; empty: vcops-dark."""
    servers: tuple[str, ...] = ()
    """Servers to measure the connection against from this machine, tried in order, before the office's."""
    stun: tuple[str, ...] = ()
    """STUN servers (HOST:PORT) that packets are sent to, tried in order, before the platform's own."""
    reflector: str = ""
    """HOST:PORT of the office's reflector (`vcops reflector`), for loss and jitter each way."""
    ntp: str = ""
    """Time server that the clock is compared with; empty: the measuring server's Date."""
    backup_interface: str = ""
    """Interface or source address of the backup link, which its check binds to."""
    camera: str = ""
    """Camera source of this machine: index, path or URL; the room's own wins."""
    microphone: str = ""
    """Microphone of this machine, by name or a part of it; what was chosen on the screen wins."""
    speaker: str = ""
    """Loudspeaker of this machine, likewise."""
    closing_copies: str = ""
    """Folder that gets a copy of the database and of the papers when a month is closed; best on another disk."""
    keys: dict[str, str] = field(default_factory=dict)
    """Remapped keys: command id = key."""


_LISTS = {"servers": '["https://..."]', "stun": '["stun.example.go.id:3478"]'}
"""Keys that hold a list of texts, with what one looks like."""


def load_settings(path: Path) -> Settings:
    """Read `config.toml`; a missing file is an empty one. Raises InvalidInput naming the file and the key."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise InvalidInput("config.unreadable", file=str(path), said=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise InvalidInput("config.unreadable", file=str(path), said=str(error)) from error

    import tomllib  # its expressions take their time, and few have such a file

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput("config.not_toml", file=str(path), said=str(error)) from error
    return Settings(**{name: _checked(path, name, value) for name, value in data.items()})


def _checked(path: Path, name: str, value: Any) -> Any:
    known = {one.name: one for one in fields(Settings)}
    if name not in known:
        import difflib

        nearest = difflib.get_close_matches(name, known, n=1)
        raise InvalidInput("config.unknown_key", file=str(path), key=name, nearest=nearest[0] if nearest else "")
    if name in _LISTS:
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        raise InvalidInput("config.wrong_type", file=str(path), key=name, expected=_LISTS[name])
    if name == "keys":
        if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
            return value
        raise InvalidInput("config.wrong_type", file=str(path), key=name, expected='{ command = "key" }')
    if not isinstance(value, str):
        raise InvalidInput("config.wrong_type", file=str(path), key=name, expected='"..."')
    return value


def system_user() -> str:
    """Return the login name, for who works here where nobody said."""
    try:
        return os.environ.get("VCOPS_AS") or getpass.getuser()
    except (KeyError, OSError, ImportError):  # a user without a name: a container, a service
        return "?"


class Memory:
    """What the program remembers on its own: who worked last, language and theme. Losing it costs nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, str]:
        """Return all that is remembered."""
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(key): str(value) for key, value in data.items()} if isinstance(data, dict) else {}

    def keep(self, **values: str) -> None:
        """Remember these from now on."""
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            beside = self.path.with_suffix(".new")
            beside.write_text(json.dumps(self.read() | values, indent=1, ensure_ascii=False), encoding="utf-8")
            beside.replace(self.path)
