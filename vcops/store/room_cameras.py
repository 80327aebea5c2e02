"""A room's cameras as their column holds them: a JSON list of name and address."""

from __future__ import annotations

import json
from collections.abc import Iterable

from vcops.domain.room_cameras import RoomCamera, camera_shown

__all__ = ["cameras_hidden", "read_cameras", "write_cameras"]


def read_cameras(text: str) -> tuple[RoomCamera, ...]:
    """Return what `write_cameras` wrote. Raises ValueError, TypeError or LookupError for anything else."""
    return tuple(RoomCamera(str(one["source"]), str(one["name"])) for one in json.loads(text))


def write_cameras(cameras: Iterable[RoomCamera]) -> str:
    """Return cameras as text, always in the same spelling."""
    listed = [{"name": one.name, "source": one.source} for one in cameras]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))


def cameras_hidden(text: str) -> str:
    """Return the column without what is secret in the addresses; a text of another make without anything in it."""
    try:
        return write_cameras(RoomCamera(camera_shown(one.source), one.name) for one in read_cameras(text))
    except (ValueError, TypeError, LookupError):
        return "[]"
