"""The check over this program's own HTTP connections."""

from __future__ import annotations

from vcops.probes.connection.latency import HttpPings
from vcops.probes.connection.profiles import find_profile
from vcops.probes.connection.session import Direction, Session
from vcops.probes.connection.throughput import measure_flow

__all__ = ["Http"]


class Http:
    """An office's own server, LibreSpeed, Cloudflare, or any address to read and to write."""

    def __init__(self, session: Session) -> None:
        asked = session.asked
        self._session = session
        self._profile = find_profile(asked.profile, asked.server, asked.upload_url)
        small = self._profile.small
        route = session.routes.to(small.endpoint)
        session.through_proxy = route.proxy is not None
        self.pings: HttpPings | None = HttpPings(route, small, self._profile.small_method)

    @property
    def takes_upload(self) -> bool:
        """Whether there is somewhere to upload to."""
        return self._profile.upload is not None

    async def begin(self) -> None:
        """Nothing: the small requests have proved the server."""

    async def flow(self, direction: Direction, seconds: float, most_bytes: float) -> None:
        """Fill the link in one direction and tell the readings. Raises Failure."""
        await measure_flow(self._session, self._profile, direction, seconds, most_bytes)
