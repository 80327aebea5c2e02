"""`secrets.toml`: the logins of cameras and proxies, which are neither in the database nor in `config.toml`.

    [cameras."192.0.2.10"]          # a host, HOST:PORT, or the camera's whole address
    user = "operator"
    password = "..."

    [proxies."proxy.example.go.id:8080"]
    user = "..."
    password = "..."

Only its owner may read it. A probe is handed what it needs over stdin; nothing of it is shown, logged or journalled.
"""

from __future__ import annotations

import json
import os
import re
import stat
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from vcops.domain.addresses import CAMERA_PORTS, redacted
from vcops.domain.room_cameras import RoomCamera, read_cameras
from vcops.errors import InvalidInput
from vcops.operations.workplace import Workplace

__all__ = [
    "Login", "bare_address", "has_login", "keep_camera_logins", "proxy_logins", "refuse_readable", "with_login",
]  # fmt: skip

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LOGIN = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)(?P<login>[^/?#]*)@(?P<rest>.*)", re.DOTALL)
_UNSAID = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Login:
    """Who logs in. The password is never part of its printed form."""

    user: str
    password: str = field(default="", repr=False)


def has_login(text: str) -> bool:
    """Whether one of the cameras that were typed has a login in its address. Raises InvalidInput."""
    return any(_split(one.source)[1] is not None for one in read_cameras(text))


def bare_address(source: str) -> str:
    """Return a camera's address without the login in it."""
    return _split(source)[0]


def keep_camera_logins(workplace: Workplace, cameras: tuple[RoomCamera, ...]) -> tuple[RoomCamera, ...]:
    """Keep the logins that stand in these addresses in `secrets.toml`; return the cameras without them.

    A login is kept for its host, so that it is found for the host's other addresses too, and for the one address
    where another login is found for it already. Raises InvalidInput where the file cannot be trusted or written.
    """
    kept = []
    for one in cameras:
        address, login = _split(one.source)
        if login is not None:
            known = _known(workplace, address)
            if known != login:
                _write(workplace, "cameras", _keys(address)[1] if known is None else address, login)
        kept.append(RoomCamera(address, one.name))
    return tuple(kept)


def with_login(workplace: Workplace, source: str) -> str:
    """Return a camera's address with the login that is kept for it; as it is where none is. Raises InvalidInput."""
    if source.partition("://")[0].lower() not in CAMERA_PORTS or _split(source)[1] is not None:
        return source
    login = _known(workplace, source)
    if login is None:
        return source
    scheme, _mark, rest = source.partition("://")
    password = f":{quote(login.password, safe='')}" if login.password else ""
    return f"{scheme}://{quote(login.user, safe='')}{password}@{rest}"


def proxy_logins(workplace: Workplace) -> dict[str, list[str]]:
    """Return user and password by `host:port` for a probe, where a proxy is in use. Raises InvalidInput."""
    from urllib.request import getproxies  # imports an HTTP client, which most that open this file do not need

    if not getproxies():
        return {}
    found = _table(_parsed(workplace), "proxies")
    if found:  # a file without them may hold cameras' logins, of which a proxy needs none
        refuse_readable(workplace.places.secrets_file)
    return {place: [one.user, one.password] for place, one in found.items()}


def refuse_readable(file: Path) -> None:
    """Raise InvalidInput where others than its owner may read the file. Windows has no such bits."""
    if os.name == "posix" and file.exists() and file.stat().st_mode & _OTHERS:
        raise InvalidInput("secrets.readable", file=str(file))


def _split(source: str) -> tuple[str, Login | None]:
    found = _LOGIN.fullmatch(source)
    if found is None:
        return source, None
    user, _colon, password = found["login"].partition(":")
    return found["scheme"] + found["rest"], Login(unquote(user), unquote(password))


def _keys(address: str) -> list[str]:
    """Return by what a login may be kept, the closest first: the address, its host with a port, its host."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return [address, address]
    return [address, f"{host}:{port}", host] if port else [address, host]


def _known(workplace: Workplace, address: str) -> Login | None:
    """Return the login that is found for a camera's address, by the closest of its keys."""
    found = _table(_read(workplace), "cameras")
    return next((found[key] for key in _keys(address) if key in found), None)


def _read(workplace: Workplace) -> dict[str, Any]:
    refuse_readable(workplace.places.secrets_file)
    return _parsed(workplace)


def _parsed(workplace: Workplace) -> dict[str, Any]:
    file = workplace.places.secrets_file
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InvalidInput("config.unreadable", file=str(file), said=error.strerror or "") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        # What is wrong is not told: the parser quotes the text, and this text is secret.
        raise InvalidInput("secrets.not_toml", file=str(file)) from None


def _table(found: dict[str, Any], name: str) -> dict[str, Login]:
    table = found.get(name)
    return {
        key: Login(str(one.get("user", "")), str(one.get("password", "")))
        for key, one in (table.items() if isinstance(table, dict) else ())
        if isinstance(one, dict)
    }


def _write(workplace: Workplace, table: str, key: str, login: Login) -> None:
    """Put one login into the file, beside what stands in it, also a person's own remarks.

    Raises InvalidInput also where it stands there in a way that cannot be replaced: the file is left as it is.
    """
    file = workplace.places.secrets_file
    refuse_readable(file)
    heading = f"[{table}.{_quoted(key)}]"
    lines = [f"{name} = {_quoted(value)}" for name, value in (("user", login.user), ("password", login.password))]
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        kept = _without(before, {table: {key: {}}})
        whole = "\n".join([*([kept, ""] if kept else []), heading, *lines, ""])
        tomllib.loads(whole)
        beside = file.with_suffix(".new")
        beside.unlink(missing_ok=True)
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:  # noqa: PTH123
            stream.write(whole)
        beside.replace(file)
    except OSError as error:
        raise InvalidInput("secrets.unwritable", file=str(file), said=error.strerror or "") from error
    except tomllib.TOMLDecodeError:
        raise InvalidInput("secrets.stands_elsewhere", file=str(file), key=redacted(key)) from None


def _without(text: str, table: dict[str, Any]) -> str:
    """Return the file without this table, however its heading is written, up to the next table."""
    kept, inside = [], False
    for line in text.splitlines():
        if line.lstrip().startswith("["):
            inside = _heading(line) == table
        if not inside:
            kept.append(line)
    return "\n".join(kept).strip("\n")


def _heading(line: str) -> dict[str, Any] | None:
    """Return the empty table that a line opens; None where it opens none."""
    try:
        return tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return None


def _quoted(text: str) -> str:
    """Return a TOML basic string: JSON's escapes are TOML's."""
    return json.dumps(_UNSAID.sub("", text), ensure_ascii=False)
