"""What a probe is asked: which servers, addresses and links, from the request, the room, the machine and the office."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vcops.domain.addresses import CAMERA_PORTS, WEB_PORTS, endpoint, host_and_port, redacted
from vcops.domain.measure_servers import IPERF3_PORT, MeasureServer, read_server
from vcops.domain.platforms import platform_of, platform_url
from vcops.domain.room_cameras import camera_shown
from vcops.errors import InvalidInput, Unreachable
from vcops.operations.own_machine import OWN_MACHINE, leads_here
from vcops.operations.probing import Line
from vcops.operations.secret_file import proxy_logins, with_login
from vcops.operations.sound import SoundDevices, devices_of
from vcops.operations.workplace import Workplace

if TYPE_CHECKING:
    from vcops.domain.checks import CheckRequest
    from vcops.domain.people import Office

__all__ = ["INSTRUMENTS", "PROFILES", "attempts", "remarks", "used_platform"]

INSTRUMENTS = ("http", "speedtest", "iperf3")
"""By what a connection can be measured."""
PROFILES = ("librespeed", "cloudflare", "plain")
"""How a server that is measured over HTTP is asked."""
_LONGEST = 600.0
_MOST_MB = 100_000.0
_STUN_PORT, _REFLECTOR_PORT = 3478, 862
_NO_STUN = ("check.no_stun", "check.no_stun_for_iperf3")
_NO_STUN_OF_PLATFORM = ("check.no_stun_of_platform", "check.no_stun_for_iperf3_of_platform")
"""What is remarked where no STUN server is known, for servers over HTTP and for iperf3 alone."""
_NOT_AN_INTERFACE = set(" \t/\\\"'")


def attempts(workplace: Workplace, request: CheckRequest) -> list[tuple[str, Line]]:
    """Return what to ask the probe, in the order to try it, each with its source fit to be shown.

    Raises InvalidInput for what makes no sense, Unreachable where there is nothing to measure against.
    """
    if request.seconds is not None and not 1 <= request.seconds <= _LONGEST:
        raise InvalidInput("check.seconds", value=request.seconds, most=int(_LONGEST))
    if request.max_mb is not None and not 0 < request.max_mb <= _MOST_MB:
        raise InvalidInput("check.max_mb", value=request.max_mb, most=int(_MOST_MB))
    if request.instrument == "camera":
        return [_camera(workplace, request)]
    if request.instrument == "connection":
        return _connection(workplace, request)
    if request.instrument == "platform":
        url = _platform(workplace, request)
        return [(redacted(url), {"url": url, "proxy_logins": proxy_logins(workplace)})]
    if request.instrument == "sound":
        ours = devices_of(workplace)
        devices = SoundDevices(request.microphone or ours.microphone, request.speaker or ours.speaker)
        named = " / ".join(filter(None, [devices.microphone, devices.speaker]))
        return [(named, {"microphone": devices.microphone, "speaker": devices.speaker, "chirp": True})]
    raise InvalidInput("check.unknown_instrument", instrument=request.instrument)


def remarks(workplace: Workplace, request: CheckRequest) -> tuple[str, ...]:
    """Return the codes of what a person should know before a connection check starts; each has its sentence.

    That no server is named, or one that is this machine itself; that the backup link is measured over whatever link
    is in use; that no STUN server is known, also not by the platform where one is set, and so neither loss nor UDP
    will be judged.
    """
    if request.instrument != "connection":
        return ()
    settings, found = workplace.settings, []
    named = [one for one in _named(workplace, request) if one.strip()]
    if not named:
        found.append("check.no_server")
    if any(leads_here(one) for one in named):
        found.append(OWN_MACHINE)
    if request.link == "backup" and not (request.interface or settings.backup_interface):
        found.append("check.no_backup_interface")
    if not (request.reflector or settings.reflector or _stun(workplace, request)):
        codes = _NO_STUN_OF_PLATFORM if used_platform(workplace, request) else _NO_STUN
        found.append(codes[_speaks_no_http(request, named)])
    return tuple(found)


def used_platform(workplace: Workplace, request: CheckRequest) -> str:
    """Return the platform that a check is for: the request's, else the office's; empty where nobody named one.

    Raises InvalidInput for a request's platform that cannot be reached by any name.
    """
    if request.platform:
        if platform_url(request.platform, workplace.handbook.platforms) is None:
            raise _unknown_platform(workplace, request.platform)
        return request.platform
    return _office(workplace).platform


def _camera(workplace: Workplace, request: CheckRequest) -> tuple[str, Line]:
    main = request.cameras[0].source if request.cameras else ""
    source = request.source or main or workplace.settings.camera or "0"
    if source.partition("://")[0].lower() in CAMERA_PORTS and host_and_port(source, CAMERA_PORTS) is None:
        raise InvalidInput("camera.bad_url", source=redacted(source))
    snapshot = str(Path(request.snapshot).expanduser().absolute()) if request.snapshot else ""
    shown = ": ".join(part for part in (request.camera, camera_shown(source)) if part)
    asked = {"snapshot": snapshot, "snapshot_if": request.snapshot_if}
    return shown, asked | {"source": with_login(workplace, source)}


def _connection(workplace: Workplace, request: CheckRequest) -> list[tuple[str, Line]]:
    settings = workplace.settings
    servers = _servers(workplace, request)
    reflector = request.reflector or settings.reflector
    interface = request.interface or (settings.backup_interface if request.link == "backup" else "")
    if _NOT_AN_INTERFACE & set(interface.strip()):
        raise InvalidInput("check.bad_interface", value=interface)
    asked: Line = {
        "max_mb": request.max_mb,
        "interface": interface.strip(),
        "stun": _stun(workplace, request),
        "reflector": _endpoint(reflector, _REFLECTOR_PORT) if reflector else "",
        "ntp": settings.ntp,
        "platform": _looked_at(workplace, request),
        "proxy_logins": proxy_logins(workplace),
    }
    return [
        (
            one.shown,
            asked | {"server": one.address, "via": one.via, "profile": one.profile, "upload_url": one.upload_url},
        )
        for one in servers
    ]


def _servers(workplace: Workplace, request: CheckRequest) -> list[MeasureServer]:
    """Return the servers in the order to try them, each with what the command line says of it before its own kind."""
    if request.via and request.via not in INSTRUMENTS:
        raise InvalidInput("check.unknown_via", value=request.via, expected=", ".join(INSTRUMENTS))
    if request.profile and request.profile not in PROFILES:
        raise InvalidInput("check.unknown_profile", value=request.profile, expected=", ".join(PROFILES))
    via = _asked_via(request)
    if via == "iperf3" and request.server and "://" not in request.server:
        place = _endpoint(request.server, IPERF3_PORT)
        return [MeasureServer(place, "iperf3", shown=place)]
    named = [read_server(one) for one in _named(workplace, request) if one.strip()]
    # A web server does not speak iperf3, nor the other way round.
    able = [one for one in named if not via or (one.via == "iperf3") is (via == "iperf3")]
    if not able:
        if request.server:
            raise InvalidInput(
                "connection.bad_address" if via == "iperf3" else "connection.bad_url", server=named[0].shown
            )
        raise Unreachable("check.no_iperf3_server" if via == "iperf3" else "check.no_server")
    found = [_told(one, request, via) for one in dict.fromkeys(able)]
    for url in [part for one in found if one.via != "iperf3" for part in (one.address, one.upload_url) if part]:
        if host_and_port(url, WEB_PORTS) is None:
            raise InvalidInput("connection.bad_url")
    return found


def _named(workplace: Workplace, request: CheckRequest) -> list[str]:
    """Return the servers as they were written down: the one asked for alone, else the room's, machine's, office's."""
    if request.server:
        return [request.server]
    return [request.room_server, *workplace.settings.servers, *_office(workplace).measure_servers]


def _asked_via(request: CheckRequest) -> str:
    """Return by what a request wants to measure; empty where that is left to the servers."""
    return request.via or ("http" if request.profile or request.upload_url else "")


def _told(server: MeasureServer, request: CheckRequest, via: str) -> MeasureServer:
    profile = request.profile or server.profile
    upload_url = request.upload_url or (server.upload_url if profile == server.profile else "")
    return replace(server, via=via or server.via, profile=profile, upload_url=upload_url)


def _speaks_no_http(request: CheckRequest, named: list[str]) -> bool:
    """Whether a check is by iperf3 alone, judging by the server that is tried first."""
    via = _asked_via(request)
    return via == "iperf3" or (not via and bool(named) and named[0].lower().startswith("iperf3://"))


def _stun(workplace: Workplace, request: CheckRequest) -> list[str]:
    """Return the STUN servers in the order to try them: the one asked for alone, else the machine's, the platform's."""
    if request.stun:
        return [_endpoint(request.stun, _STUN_PORT)]
    own = [_endpoint(one, _STUN_PORT) for one in workplace.settings.stun]
    page = platform_of(used_platform(workplace, request), workplace.handbook.platforms)
    theirs = [f"{one.host}:{one.port}" for one in page.stun] if page else []
    return list(dict.fromkeys([*own, *theirs]))


def _looked_at(workplace: Workplace, request: CheckRequest) -> Line | None:
    """Return what of the platform is looked at on the way; None where there is nothing to look at.

    Whether UDP passes is asked of the platform's own STUN servers, and where its page names none, of the machine's.
    """
    name = used_platform(workplace, request)
    page = platform_of(name, workplace.handbook.platforms)
    if page is not None:
        hosts = [[one.host, one.port] for one in page.hosts]
        own = [f"{one.host}:{one.port}" for one in page.stun]
        return {"url": page.url, "hosts": hosts, "stun": own or _stun(workplace, request)}
    url, stun = platform_url(name, workplace.handbook.platforms) or "", _stun(workplace, request)
    place = host_and_port(url, WEB_PORTS)
    if place is None:
        return {"url": "", "hosts": [], "stun": stun} if stun else None
    return {"url": url, "hosts": [list(place)], "stun": stun}


def _platform(workplace: Workplace, request: CheckRequest) -> str:
    name = request.platform or _office(workplace).platform
    if not name:
        raise InvalidInput("check.no_platform", known=", ".join(workplace.handbook.platforms))
    url = platform_url(name, workplace.handbook.platforms)
    if url is None:
        raise _unknown_platform(workplace, name)
    if host_and_port(url, WEB_PORTS) is None:
        raise InvalidInput("platform.bad_url")
    return url


def _unknown_platform(workplace: Workplace, name: str) -> InvalidInput:
    return InvalidInput("check.unknown_platform", value=redacted(name), known=", ".join(workplace.handbook.platforms))


def _endpoint(text: str, port: int) -> str:
    found = endpoint(text, port)
    if found is None:
        raise InvalidInput("connection.bad_address", server=redacted(text))
    return found


def _office(workplace: Workplace) -> Office:
    from vcops.operations import directory

    return directory.office(workplace)
