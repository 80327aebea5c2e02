"""A room's cameras: each with its address and a name, the first of them the main one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vcops.domain.addresses import redacted
from vcops.errors import InvalidInput

__all__ = ["IDENTITY", "RoomCamera", "camera_shown", "cameras_shown", "cameras_text", "read_cameras"]

IDENTITY = re.compile(r"(?P<maker>[0-9a-f]{4}:[0-9a-f]{4})(?:@(?P<place>.+))?", re.IGNORECASE | re.DOTALL)
"""What stays of a local camera when indices move: who made it (`VID:PID`), and where it is plugged in."""
_BETWEEN = re.compile(r"\s*(?:\n|;(?=\s|$))\s*")
_NAMED = re.compile(r"(?P<name>[^=:/\\?&]{1,60}?)\s*=\s*(?P<source>\S.*)")


@dataclass(frozen=True, slots=True)
class RoomCamera:
    """`source` is what the camera probe takes: an index, an identity, a path or a URL without its password."""

    source: str
    name: str = ""

    @property
    def shown(self) -> str:
        """What people call it: its name, else its address without what is secret in it."""
        return self.name or camera_shown(self.source)


def read_cameras(text: str) -> tuple[RoomCamera, ...]:
    """Read `0`, or `Depan = 0; Pembicara = rtsp://192.0.2.10/stream`, the main camera first.

    Raises InvalidInput where several have no names, or one name twice.
    """
    found = [_camera(part) for part in _BETWEEN.split(text.strip()) if part]
    names = [one.name.lower() for one in found]
    if len(found) > 1 and not all(names):
        raise InvalidInput("room.camera_unnamed", called=next(one.shown for one in found if not one.name))
    for one in found:
        if one.name and names.count(one.name.lower()) > 1:
            raise InvalidInput("room.camera_twice", called=one.name)
    return tuple(found)


def _camera(part: str) -> RoomCamera:
    named = _NAMED.fullmatch(part)
    if named is None:
        return RoomCamera(part)
    return RoomCamera(named["source"].strip(), " ".join(named["name"].split()))


def cameras_text(cameras: Iterable[RoomCamera]) -> str:
    """Return cameras as they are typed; what is secret in an address is in it."""
    return "; ".join(f"{one.name} = {one.source}" if one.name else one.source for one in cameras)


def cameras_shown(cameras: Iterable[RoomCamera]) -> str:
    """Return cameras as they are typed, without what is secret in their addresses."""
    return cameras_text(RoomCamera(camera_shown(one.source), one.name) for one in cameras)


def camera_shown(source: str) -> str:
    """Return a camera's address fit to be shown. An identity looks like a login and is none."""
    return source if IDENTITY.fullmatch(source) else redacted(source)
