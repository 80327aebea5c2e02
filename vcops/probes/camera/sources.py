"""What a camera source is, how it is opened, and why it could not be."""

from __future__ import annotations

import os
import socket
import stat
import sys
import urllib.error
import urllib.parse
import urllib.request
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2

from vcops.domain.addresses import CAMERA_PORTS, host_and_port, redacted
from vcops.probes.camera.devices import Camera, cameras, is_identity, local_backend, matching
from vcops.probes.camera.rtsp import described
from vcops.probes.reach import reach_failure
from vcops.probes.wire import Failure

__all__ = ["Source", "find_source", "open_source"]

_OPEN_MS, _READ_MS = 8000, 5000
_CONNECT_S = 4.0
_TEXT_ART = {".ans", ".art", ".asc", ".diz", ".ice", ".nfo", ".txt", ".vt"}
"""Names by which FFmpeg takes a text for a film of a terminal, and plays it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where frames come from. `address` may hold a password."""

    kind: Literal["device", "file", "stream"]
    address: str

    @property
    def shown(self) -> str:
        """The address without its password."""
        return redacted(self.address)


def find_source(text: str) -> Source:
    """Tell a device from a file from a stream, and fail early with the reason where one can be known."""
    text = text.strip()
    if text.isdecimal() or text.startswith("/dev/"):
        _look_for_device(text)
        return Source("device", text)
    scheme = text.partition("://")[0].lower() if "://" in text else ""
    if scheme in CAMERA_PORTS:
        _knock(text)
        return Source("stream", text)
    if scheme:
        raise Failure("camera.unknown_scheme", scheme=scheme)
    path = Path(text).expanduser()
    if not path.exists() and (camera := _named(text)):
        return camera
    if not path.is_file():  # a folder, or a pipe that would be waited for
        raise Failure("camera.no_file", file=text)
    if path.suffix.lower() in _TEXT_ART:
        raise Failure("camera.not_video", source=text, kind=path.suffix)
    if not os.access(path, os.R_OK):
        raise Failure("camera.no_permission", source=text)
    return Source("file", str(path))


def open_source(source: Source) -> cv2.VideoCapture:
    """Open it with its own backend. Raises Failure."""
    if source.kind == "device":
        address = int(source.address) if source.address.isdecimal() else source.address
        capture = cv2.VideoCapture(address, local_backend())
    else:
        # The limits count only when they are given at the opening, together with this backend.
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_MS]
        capture = cv2.VideoCapture(source.address, cv2.CAP_FFMPEG, limits)
    if capture.isOpened():
        return capture
    if source.kind == "stream" and source.address.lower().startswith("http"):
        _ask_why(source.address)
    elif source.address.lower().startswith("rtsp://"):
        _ask_rtsp_why(source)
    if source.kind == "device":
        raise Failure("camera.cannot_open_device", source=source.shown)
    raise Failure("camera.cannot_open", source=source.shown)


def _named(text: str) -> Source | None:
    """Return the one camera of this machine that `text` names by identity or name. Raises Failure where two do."""
    there = cameras()
    meant = matching(text, there)
    if len(meant) == 1:
        return Source("device", meant[0].source)
    if meant or is_identity(text):
        raise _none_at(text, meant or there)
    return None


def _none_at(text: str, found: list[Camera]) -> Failure:
    shown = ", ".join(f"{one.source} '{one.name}'" for one in found)
    return Failure("camera.none_at", source=text, found=shown) if shown else Failure("camera.none", source=text)


def _look_for_device(text: str) -> None:
    """On Linux a missing or forbidden device is told apart; elsewhere only opening tells."""
    if not sys.platform.startswith("linux"):
        return
    path = Path(f"/dev/video{text}" if text.isdecimal() else text)
    if not path.exists():
        raise _none_at(text, cameras())
    if not stat.S_ISCHR(path.stat().st_mode):
        raise Failure("camera.cannot_open_device", source=text)
    if not os.access(path, os.R_OK | os.W_OK):
        raise Failure("camera.no_permission", source=text)


def _knock(url: str) -> None:
    """Connect and hang up: tells a wrong name, a refusal and a silent host apart, which FFmpeg does not."""
    place = host_and_port(url, CAMERA_PORTS)
    if place is None:
        raise Failure("camera.bad_url", source=redacted(url))
    host, port = place
    try:
        socket.create_connection((host, port), timeout=_CONNECT_S).close()
    except OSError as error:
        raise reach_failure(error, host, port) from error


def _ask_rtsp_why(source: Source) -> None:
    """Ask the camera itself why there was no video. Returns where it gives no reason."""
    status = described(source.address)
    host, port = host_and_port(source.address, CAMERA_PORTS) or ("", 0)
    if status is None:
        raise Failure("camera.not_rtsp", host=host, port=port)
    if status in (401, 403):
        raise Failure("camera.unauthorized", host=host, status=status)
    if status >= 300:
        raise Failure("camera.http_status", source=source.shown, status=status)


def _ask_why(url: str) -> None:
    """Ask the HTTP server itself why there was no video. Returns where it gives no reason."""
    parts = urllib.parse.urlsplit(url)
    host = parts.hostname or ""
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    request = urllib.request.Request(bare)  # noqa: S310 - the scheme was checked
    if parts.username:
        login = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
        request.add_header("Authorization", "Basic " + b64encode(login.encode()).decode("ascii"))
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=_CONNECT_S) as answer:
            kind = answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        if error.code in (401, 403):
            raise Failure("camera.unauthorized", host=host, status=error.code) from error
        raise Failure("camera.http_status", source=redacted(url), status=error.code) from error
    except urllib.error.URLError as error:
        reason = error.reason if isinstance(error.reason, BaseException) else error
        raise reach_failure(reason, host, parts.port or CAMERA_PORTS[parts.scheme.lower()]) from error
    except TimeoutError as error:
        raise reach_failure(error, host, parts.port or CAMERA_PORTS[parts.scheme.lower()]) from error
    except (OSError, ValueError):
        return
    if kind.startswith("text/"):
        raise Failure("camera.not_video", source=redacted(url), kind=kind)
