"""Which microphones and loudspeakers this machine has, which one is meant, and why one cannot be opened."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import miniaudio
from miniaudio import Backend, DeviceType, MiniaudioError, ffi, lib

from vcops.probes.wire import Failure

__all__ = ["BACKENDS", "Device", "Devices", "chosen", "connect", "listed", "trouble_of"]

_OF_SYSTEM = {
    "win32": (Backend.WASAPI, Backend.DSOUND, Backend.WINMM),
    "darwin": (Backend.COREAUDIO,),
}
BACKENDS = list(_OF_SYSTEM.get(sys.platform, (Backend.PULSEAUDIO, Backend.ALSA)))
"""The ways to sound that lead to real devices, best first. miniaudio's own list ends in one that invents devices."""

_REFUSED = {
    "MA_ACCESS_DENIED": "sound.no_permission",
    "MA_BUSY": "sound.busy",
    "MA_ALREADY_IN_USE": "sound.busy",
    "MA_UNAVAILABLE": "sound.busy",
    "MA_DOES_NOT_EXIST": "sound.vanished",
    "MA_NO_DEVICE": "sound.vanished",
    "MA_NO_BACKEND": "sound.no_system",
}

_NO_DEVICES = {"null", "jack", "lavrate", "oss", "samplerate", "speex", "speexrate", "upmix", "vdownmix"}
"""Names by which ALSA lists its converters. `null` even records: whatever the memory held, faster than time passes."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device by the name its driver gives. `monitor`: it hears what a loudspeaker is given, and no air."""

    name: str
    default: bool
    monitor: bool
    id: Any
    """miniaudio's own."""


@dataclass(frozen=True, slots=True)
class Devices:
    """What one way to sound leads to."""

    backend: str
    microphones: tuple[Device, ...]
    speakers: tuple[Device, ...]


def connect() -> Devices:
    """Ask the system for its devices. Raises Failure `sound.no_system` where it has no sound at all."""
    try:
        context = miniaudio.Devices(BACKENDS)
    except MiniaudioError as error:
        raise Failure("sound.no_system") from error
    return Devices(context.backend, _of_kind(context, DeviceType.CAPTURE), _of_kind(context, DeviceType.PLAYBACK))


def listed() -> dict[str, Any]:
    """Return the devices as the probe's last line tells them."""
    found = connect()
    return {
        "system": found.backend,
        "microphones": [
            {"name": one.name, "default": one.default, "monitor": one.monitor} for one in found.microphones
        ],
        "speakers": [{"name": one.name, "default": one.default} for one in found.speakers],
    }


def chosen(devices: Iterable[Device], name: str, none: str) -> Device:
    """Return the device of that name, or of the only name that contains it; without a name the default.

    A monitor is taken only when it is named: as the default it would pass for a microphone that hears everything.
    Raises Failure: the code `none` where there is nothing to choose from, `sound.none_called` where no name fits.
    """
    devices = list(devices)
    if not name:
        real = [one for one in devices if not one.monitor]
        if not real:
            raise Failure(none)
        return next((one for one in real if one.default), real[0])
    same = [one for one in devices if one.name == name]
    near = [one for one in devices if name.casefold() in one.name.casefold()]
    if same or len(near) == 1:
        return (same or near)[0]
    found = ", ".join(one.name for one in devices if not one.monitor)
    raise Failure("sound.none_called", name=name, found=found or "–")


def trouble_of(error: MiniaudioError, device: str) -> Failure:
    """Return why a device cannot be opened, from the library's own number."""
    number = error.args[1] if len(error.args) > 1 else None
    codes = {getattr(lib, name): code for name, code in _REFUSED.items()}
    return Failure(codes.get(number, "sound.cannot_open"), device=device)


def _of_kind(context: miniaudio.Devices, kind: DeviceType) -> tuple[Device, ...]:
    """Ask for one kind of device. The library's own list does not tell which one is the default."""
    infos, count = ffi.new("ma_device_info**"), ffi.new("ma_uint32*")
    nothing = (ffi.NULL, ffi.NULL)
    ways = (*nothing, infos, count) if kind is DeviceType.CAPTURE else (infos, count, *nothing)
    handle = context._context  # noqa: SLF001 - there is no other way to the mark of the default
    if lib.ma_context_get_devices(handle, *ways) != lib.MA_SUCCESS:
        return ()
    found = []
    for index in range(count[0]):
        info = infos[0][index]
        ident = ffi.new("ma_device_id *", info.id)
        default = bool(info.isDefault)  # asking for the details below may forget it
        asked = lib.ma_context_get_device_info(handle, kind.value, ffi.addressof(info.id), ffi.addressof(info))
        if asked != lib.MA_SUCCESS:  # ALSA names a default even where there is no card
            continue
        if context.backend == "ALSA" and _id_text(ident) in _NO_DEVICES:
            continue
        name = ffi.string(info.name).decode("utf-8", "replace")
        found.append(Device(name, default or bool(info.isDefault), _is_monitor(context.backend, ident), ident))
    return tuple(found)


def _is_monitor(backend: str, ident: Any) -> bool:
    """PulseAudio gives every loudspeaker a source that repeats what it plays, and names it so."""
    return backend == "PulseAudio" and _id_text(ident).endswith(".monitor")


def _id_text(ident: Any) -> str:
    """Return what the id says, where the way to sound calls its devices by text: PulseAudio and ALSA."""
    return bytes(ffi.buffer(ident)).split(b"\0")[0].decode("utf-8", "replace")
