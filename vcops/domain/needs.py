"""What a meeting asks of a link: the Mbps that a platform's own figures come to for a quality and so many people."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from vcops.domain.platforms import Figures, Platform
from vcops.domain.texts import Closed

__all__ = ["HEADROOM", "PARTICIPANTS", "QUALITY", "Needs", "needs_of", "needs_of_any"]

HEADROOM = 1.5
"""What a link must carry is multiplied by this: half again, for what else is on it during two hours (proposed)."""
QUALITY = "720p"
"""The quality that is reckoned with where nobody names another."""
PARTICIPANTS = 10
"""The number of participants that is reckoned with where nobody knows it; most platforms' figures end there."""


class Needs(Closed):
    """What one room sends and receives, in Mbps, and what it was reckoned from.

    `send_mbps` and `receive_mbps` are the bare figures; with `headroom` they are what a link is asked for. An empty
    `platform` stands for the highest figures of all platforms: nobody said which one it will be.
    """

    send_mbps: float = Field(gt=0)
    receive_mbps: float = Field(gt=0)
    headroom: float = Field(default=HEADROOM, ge=1)
    platform: str = ""
    quality: str = QUALITY
    participants: int = Field(default=PARTICIPANTS, ge=1)
    source: str = ""
    udp_ports: str = ""
    """The platform's media ports, for who has to open them."""

    def bound(self, metric: str, *, bare: bool = False) -> float:
        """Return the Mbps asked of `download_mbps` or `upload_mbps`, with head-room unless `bare`."""
        mbps = {"download_mbps": self.receive_mbps, "upload_mbps": self.send_mbps}[metric]
        return round(mbps if bare else mbps * self.headroom, 2)


def needs_of(platform: Platform, quality: str = QUALITY, participants: int = PARTICIPANTS) -> Needs | None:
    """Return what a meeting on the platform asks; None where the platform's page has no such quality."""
    found = platform.figures(quality, participants)
    if found is None:
        return None
    needs = _needs(found, platform.id, quality, participants)
    return needs.model_copy(update={"udp_ports": platform.ports.udp}) if platform.ports else needs


def needs_of_any(
    platforms: Iterable[Platform], quality: str = QUALITY, participants: int = PARTICIPANTS
) -> Needs | None:
    """Return the highest figures of all platforms that have the quality; None where none has."""
    found = [one for page in platforms if (one := page.figures(quality, participants)) is not None]
    if not found:
        return None
    sends, receives = max(found, key=lambda one: one.send_mbps), max(found, key=lambda one: one.receive_mbps)
    source = "; ".join(dict.fromkeys((sends.source, receives.source)))
    highest = Figures(sends.send_mbps, receives.receive_mbps, source)
    return _needs(highest, "", quality, participants)


def _needs(figures: Figures, platform: str, quality: str, participants: int) -> Needs:
    return Needs(
        send_mbps=figures.send_mbps,
        receive_mbps=figures.receive_mbps,
        platform=platform,
        quality=quality,
        participants=participants,
        source=figures.source,
    )
