"""The check over this program's own HTTP connections."""

from __future__ import annotations

from vcops.probes.connection.latency import HttpPings
from vcops.probes.connection.profiles import find_profile
from vcops.probes.connection.session import Direction, Session
from vcops.probes.connection.small_segments import passes_in_small_segments
from vcops.probes.connection.throughput import look_at_large, measure_flow
from vcops.probes.wire import Failure

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
        """Ask for something small. Raises Failure where that does not come, or is not what was asked for.

        A server that takes the connection and then keeps silent may be one whose large packets are lost: its
        certificate travels in some.
        """
        assert self.pings is not None, "made with it"
        route = self._session.routes.to(self._profile.small.endpoint)
        try:
            await self.pings.first()
        except Failure as failure:
            silent = failure.code == "network.timeout" and route.address is not None
            if silent and await passes_in_small_segments(route, self._profile.small):
                raise Failure("connection.large_packets_lost", host=route.endpoint.host) from failure
            raise
        if self._profile.small_method == "HEAD":  # which a server may answer otherwise than what will be read
            await look_at_large(self._session, self._profile)

    async def flow(self, direction: Direction, seconds: float, most_bytes: float) -> None:
        """Fill the link in one direction and tell the readings. Raises Failure."""
        await measure_flow(self._session, self._profile, direction, seconds, most_bytes)
