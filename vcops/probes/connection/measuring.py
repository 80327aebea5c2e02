"""Latency, then download, then upload, over this program's own connections."""

from __future__ import annotations

import asyncio
from typing import Any

from vcops.probes.connection.latency import measure_latency
from vcops.probes.connection.profiles import find_profile
from vcops.probes.connection.throughput import Flow, measure_flow
from vcops.probes.wire import Wire

__all__ = ["DEFAULT_SECONDS", "measure"]

DEFAULT_SECONDS = 11.0
"""A fifth for the latency, two fifths each way: 4.4 s less 1.5 s of warm-up come within a few percent of the truth."""


def measure(asked: dict[str, Any], wire: Wire) -> None:
    """Run the whole measurement. Raises Failure; readings told before that stand."""
    asyncio.run(_measure(asked, wire))


async def _measure(asked: dict[str, Any], wire: Wire) -> None:
    seconds = float(asked.get("seconds") or DEFAULT_SECONDS)
    allowed = float(asked["max_mb"]) * 1e6 if asked.get("max_mb") else float("inf")
    profile = find_profile(
        str(asked.get("profile") or "librespeed"), str(asked.get("server") or ""), str(asked.get("upload_url") or "")
    )
    await measure_latency(profile.small, profile.small_method, wire, seconds / 5)
    both = profile.upload is not None
    down_most = allowed / 2 if both else allowed
    spent = await measure_flow(Flow("download", profile, wire, seconds * 0.4, down_most, 0.2))
    if both:
        await measure_flow(Flow("upload", profile, wire, seconds * 0.4, max(allowed - spent, 1.0), 0.6))
    else:
        wire.reading("upload_mbps", None, note="no_upload_url")
