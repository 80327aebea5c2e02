"""A server to measure against as it is written down: its address, and in front of it what kind of server it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from vcops.domain.addresses import endpoint, redacted
from vcops.errors import InvalidInput

__all__ = ["IPERF3_PORT", "KINDS", "MeasureServer", "read_server", "server_shown"]

IPERF3_PORT = 5201
"""Where an iperf3 server listens if nobody told it otherwise."""
KINDS = ("librespeed+https://", "cloudflare+https://", "plain+https://", "speedtest+https://", "iperf3://")
"""What may stand in front of an address; without any of these it is a LibreSpeed server's."""

_PROFILES = ("librespeed", "cloudflare", "plain")
_WRITTEN = re.compile(r"(?:(?P<kind>[A-Za-z0-9._-]+)\+)?(?P<scheme>[A-Za-z][A-Za-z0-9.-]*)://(?P<rest>.*)", re.DOTALL)
_UPLOAD = "upload="


@dataclass(frozen=True, slots=True)
class MeasureServer:
    """One server: by what it is measured, how it is asked, and where.

    `address` is a URL, of an iperf3 server HOST:PORT; `upload_url` is empty where nothing else was named to write to.
    Both may hold a password: `shown` does not.
    """

    address: str
    via: str = "http"
    profile: str = "librespeed"
    upload_url: str = ""
    shown: str = ""


def read_server(text: str) -> MeasureServer:
    """Take apart what was typed, such as `plain+http://HOST/large.bin#upload=/upload`.

    A scheme may be left out: then it is https. Whether the URL itself is complete is for who asks the server. Raises
    InvalidInput naming the kinds for one that there is not, and for an iperf3 server that is no HOST:PORT.
    """
    typed = text.strip()
    found = _WRITTEN.fullmatch(typed) or _WRITTEN.fullmatch(f"https://{typed}")
    assert found is not None, "it has a scheme now"
    kind, scheme, shown = (found["kind"] or "").lower(), found["scheme"].lower(), server_shown(found[0])
    if scheme == "iperf3" and not kind:
        place = endpoint(found["rest"].rstrip("/"), IPERF3_PORT)
        if place is None:
            raise InvalidInput("connection.bad_address", server=shown)
        return MeasureServer(place, "iperf3", shown=shown)
    if kind not in ("", "speedtest", *_PROFILES) or (scheme not in ("http", "https") and (kind or _is_kind(scheme))):
        raise InvalidInput("check.unknown_server_kind", server=shown, kinds=", ".join(KINDS))
    address, mark, said = f"{scheme}://{found['rest']}".partition("#")
    if mark and (kind != "plain" or not said.startswith(_UPLOAD) or said == _UPLOAD):
        raise InvalidInput("check.server_upload", server=shown)
    upload_url = urljoin(address, said.removeprefix(_UPLOAD)) if mark else ""
    if kind == "speedtest":
        return MeasureServer(address, "speedtest", shown=shown)
    return MeasureServer(address, "http", kind or "librespeed", upload_url, shown)


def server_shown(text: str) -> str:
    """Return a server as it was written down, right or wrong, without what is secret in it."""
    typed = text.strip()
    return redacted(typed if "://" in typed or not typed else f"https://{typed}")


def _is_kind(scheme: str) -> bool:
    """Whether a kind stands where the scheme belongs: `cloudflare://` leaves open by what it is asked."""
    return scheme in ("speedtest", *_PROFILES)
