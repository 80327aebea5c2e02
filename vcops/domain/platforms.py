"""A meeting platform's page: what it asks of a link at each quality, and where its own addresses and ports lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from vcops.domain.texts import Closed, Identifier, Text, fault, raise_faults, repeated

__all__ = ["PLATFORMS", "Address", "Demand", "Figures", "Platform", "Ports", "Quality", "platform_of", "platform_url"]

PLATFORMS = ("zoom", "teams", "meet", "webex", "jitsi")
"""Short names of the pages that ship, for a form to suggest before the handbook is read; a test holds them alike."""
_HOST = r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$"
_PORTS = r"^\d{1,5}(-\d{1,5})?(, \d{1,5}(-\d{1,5})?)*$"


class Figures(NamedTuple):
    """What one room sends and receives at a quality, in Mbps, without head-room, and where that is written."""

    send_mbps: float
    receive_mbps: float
    source: str


class Address(Closed):
    """A host and a port of the platform's own."""

    host: str = Field(pattern=_HOST, description="A name or an address, without a scheme")
    port: int = Field(ge=1, le=65535, description="TCP for a host, UDP for a STUN server")
    source: str = Field(min_length=1, description="Where the platform says so; write (unverified) where it is hearsay")


class Ports(Closed):
    """What the office's firewall has to let out."""

    udp: str = Field(default="", pattern=rf"{_PORTS}|^$", description="Ports for media: 3478-3481, 19302-19309")
    tcp: str = Field(
        default="", pattern=rf"{_PORTS}|^$", description="Ports for signalling, and for media as a fallback"
    )
    source: str = Field(min_length=1, description="Where the platform says so; write (unverified) where it is hearsay")


class Demand(Closed):
    """What one room sends and receives with up to so many participants."""

    up_to: int | None = Field(
        default=None, ge=2, description="Up to this number of participants, this room included; the last row has none"
    )
    send_mbps: float = Field(gt=0, le=1000, description="What the room sends, in Mbps, without head-room")
    receive_mbps: float = Field(gt=0, le=1000, description="What the room receives, in Mbps, without head-room")
    each_mbps: float = Field(default=0.0, ge=0, le=100, description="Received more for every participant beyond two")
    most: int | None = Field(default=None, ge=2, description="More participants than this are not shown at once")
    source: str = Field(min_length=1, description="Where the figures come from; write (unverified) where it is hearsay")


class Quality(Closed):
    """A size of picture with what it asks, by the number of participants."""

    id: Identifier = Field(description="360p, 720p, 1080p: the same names on every platform, so that they compare")
    demands: tuple[Demand, ...] = Field(min_length=1, description="Fewest participants first")

    @model_validator(mode="after")
    def _rising(self) -> Self:
        raise_faults(self._faults())
        return self

    def _faults(self) -> Iterator[PydanticCustomError]:
        before = 1
        for place, one in enumerate(self.demands):
            at, last = ("demands", place, "up_to"), place == len(self.demands) - 1
            if last and one.up_to is not None:
                yield fault("handbook.last_row_open", "the last row has no up_to", at=at)
            elif not last and (one.up_to is None or one.up_to <= before):
                yield fault("handbook.not_rising", "must be more than the one before", at=at, before=before)
            before = one.up_to or before

    def figures(self, participants: int) -> Figures:
        """Return what is asked with so many participants."""
        row = next(one for one in self.demands if one.up_to is None or participants <= one.up_to)
        shown = participants if row.most is None else min(participants, row.most)
        further = max(shown - 2, 0)
        return Figures(row.send_mbps, round(row.receive_mbps + further * row.each_mbps, 3), row.source)


class Platform(Closed):
    """One meeting platform, from its maker's own pages."""

    id: Identifier = Field(description="Short name: zoom")
    title: Text = Field(description="Name as its maker writes it")
    url: str = Field(pattern=r"^https?://[^\s]+$", description="The page that a participant's browser opens first")
    about: Text | None = Field(default=None, description="What is worth knowing of these figures")
    qualities: tuple[Quality, ...] = Field(min_length=1, description="The sizes of picture that figures are known for")
    hosts: tuple[Address, ...] = Field(default=(), description="What must be reached over TCP")
    stun: tuple[Address, ...] = Field(default=(), description="STUN servers that the platform itself uses, over UDP")
    ports: Ports | None = Field(default=None, description="What the firewall has to let out")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = [one.id for one in self.qualities]
        raise_faults(
            fault("handbook.quality_twice", "'{id}' twice", at=("qualities", place, "id"), id=ids[place])
            for place in repeated(ids)
        )
        return self

    def figures(self, quality: str, participants: int) -> Figures | None:
        """Return what a meeting asks of one room's link; None where the page has no such quality."""
        found = next((one for one in self.qualities if one.id == quality), None)
        return None if found is None else found.figures(participants)


def platform_of(name: str, platforms: Mapping[str, Platform]) -> Platform | None:
    """Return the page of a platform by its short name, in any case; None where it has none."""
    return platforms.get(name.strip().lower())


def platform_url(name: str, platforms: Mapping[str, Platform]) -> str | None:
    """Return the URL for a short name, a URL or a host name; None where it is none of them."""
    text = name.strip()
    if known := platform_of(text, platforms):
        return known.url
    if text.lower().startswith(("https://", "http://")):
        return text
    looks_like_host = text and not any(one in text for one in " /\\@") and ("." in text or text.startswith("localhost"))
    return f"https://{text}" if looks_like_host else None
