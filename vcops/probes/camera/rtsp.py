"""Asks an RTSP camera itself why it sends no picture, which FFmpeg does not tell."""

from __future__ import annotations

import hashlib
import re
import socket
from base64 import b64encode
from contextlib import suppress
from time import monotonic
from urllib.parse import unquote, urlsplit

from vcops.domain.addresses import CAMERA_PORTS

__all__ = ["described"]

_PATIENCE_S = 4.0
_LONGEST = 65536
_STATUS = re.compile(rb"RTSP/1\.\d (\d{3})")
_CHALLENGE = re.compile(rb"^WWW-Authenticate:\s*(\w+)\s*(.*?)\s*$", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(r'(\w+)=(?:"([^"]*)"|([^",\s]*))')


def described(address: str) -> int | None:
    """Return the status (RFC 2326) with which a camera answers DESCRIBE, logged in where it asks for that.

    None where it does not answer as an RTSP server in time. Raises nothing.
    """
    parts = urlsplit(address)
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    with suppress(OSError):
        place = (parts.hostname or "", parts.port or CAMERA_PORTS["rtsp"])
        with socket.create_connection(place, timeout=_PATIENCE_S) as camera:
            status, challenges = _ask(camera, bare, 1, "")
            if status == 401 and user and (login := _login(challenges, bare, user, password)):
                status, _challenges = _ask(camera, bare, 2, login)
            return status
    return None


def _ask(camera: socket.socket, url: str, number: int, login: str) -> tuple[int | None, dict[str, str]]:
    lines = [f"DESCRIBE {url} RTSP/1.0", f"CSeq: {number}", "Accept: application/sdp", "User-Agent: vcops"]
    lines += [f"Authorization: {login}"] if login else []
    camera.sendall("\r\n".join([*lines, "", ""]).encode())
    heard, end = b"", monotonic() + _PATIENCE_S
    while b"\r\n\r\n" not in heard and len(heard) < _LONGEST:
        camera.settimeout(max(end - monotonic(), 0.001))  # of all of it: byte by byte it might take for ever
        more = camera.recv(4096)
        if not more:
            break
        heard += more
    found = _STATUS.match(heard)
    asked = {kind.decode("latin-1").lower(): rest.decode("latin-1") for kind, rest in _CHALLENGE.findall(heard)}
    return (int(found[1]) if found else None), asked


def _login(challenges: dict[str, str], url: str, user: str, password: str) -> str:
    """Return the answer to a challenge: by digest (RFC 2069, which is what cameras speak) before plain text."""
    if "digest" in challenges:
        said = {name: quoted or bare for name, quoted, bare in _FIELD.findall(challenges["digest"])}
        realm, nonce = said.get("realm", ""), said.get("nonce", "")
        who, what = _md5(f"{user}:{realm}:{password}"), _md5(f"DESCRIBE:{url}")
        response = _md5(f"{who}:{nonce}:{what}")
        return f'Digest username="{user}", realm="{realm}", nonce="{nonce}", uri="{url}", response="{response}"'
    if "basic" in challenges:
        return "Basic " + b64encode(f"{user}:{password}".encode()).decode("ascii")
    return ""


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
