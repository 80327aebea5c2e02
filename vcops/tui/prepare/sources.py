"""What a step is measured with: named by the room, this machine or the office, or typed just now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from vcops.domain.addresses import redacted
from vcops.domain.checks import CheckRequest
from vcops.domain.measure_servers import server_shown
from vcops.domain.procedures import Step
from vcops.domain.room_cameras import read_cameras
from vcops.locale import _
from vcops.tui.prepare.walked import Walked

if TYPE_CHECKING:
    from vcops.operations.workplace import Workplace
    from vcops.settings import Settings

__all__ = ["named_source", "remember", "request_for"]


def named_source(walked: Walked, step: Step, settings: Settings, typed: Mapping[str, str]) -> str:
    """Return what is named for a step's instrument, fit to be shown; empty where nobody has named anything.

    `typed` holds what was typed for this walk alone, by instrument.
    """
    if step.sounds:
        return _devices(walked)
    if step.check is None:
        return ""
    room, instrument = walked.room, step.check.instrument
    wanted = [typed.get(instrument, "")]
    if instrument == "camera":
        cameras = read_cameras(wanted[0]) or (room.cameras if room else ()) or read_cameras(settings.camera)
        return ", ".join(one.shown for one in cameras)
    if instrument == "connection":
        wanted += [room.measure_server if room else "", *settings.servers, *walked.office.measure_servers]
    elif instrument == "platform":
        wanted.append(walked.platform)
    found = next((one for one in wanted if one.strip()), "")
    return server_shown(found) if instrument == "connection" else redacted(found)


def _devices(walked: Walked) -> str:
    """Return the microphone and the loudspeaker; the system's defaults where nobody has chosen: nothing to ask."""
    microphone, speaker = walked.devices.microphone, walked.devices.speaker
    if not microphone and not speaker:
        return _("this machine's default ones")
    return ", ".join((microphone or _("default microphone"), speaker or _("default loudspeaker")))


def request_for(workplace: Workplace, walked: Walked, step: Step, typed: Mapping[str, str]) -> CheckRequest:
    """Return what to measure for a step."""
    from vcops.operations.checks import request_for_step, with_cameras

    request = request_for_step(workplace, walked.run, step, walked.room)
    said = typed.get(request.instrument, "")
    if request.instrument == "camera":
        return with_cameras(request, read_cameras(said)) if said else request
    if request.instrument == "connection":
        return replace(request, server=said)
    if request.instrument == "sound":
        return request  # its devices are the machine's
    return replace(request, platform=said or walked.platform)


def remember(workplace: Workplace, walked: Walked, step: Step, text: str) -> bool:
    """Keep what was typed with the room, a platform with the office; False where there is nothing to keep it with.

    That is a walk without a room. Raises InvalidInput for an address with a password in it.
    """
    from vcops.operations import directory

    assert step.check is not None
    if step.check.instrument == "platform":
        directory.set_office(workplace, {"platform": text})
        return True
    if walked.room is None:
        return False
    column = {"camera": "camera", "connection": "measure_server"}[step.check.instrument]
    directory.edit_room(workplace, walked.room.id, {column: text})
    return True
