"""What is found out beside the idle phase, while the link is otherwise quiet: the platform, the clock, the machine."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from vcops.probes.connection.ntp import tell_clock
from vcops.probes.connection.platform_part import look_at_platform
from vcops.probes.connection.session import Session
from vcops.probes.connection.surroundings import Site, look_around, site_of
from vcops.probes.wire import Failure

__all__ = ["beside"]


async def beside(session: Session) -> None:
    """Tell all of it, each part for itself. No part's failure is the check's."""
    asked, binding = session.asked, session.routes.binding
    parts: list[Coroutine[Any, Any, None]] = [look_around(_sites(session), binding, session.wire)]
    if asked.platform is not None:
        parts.append(look_at_platform(asked.platform, binding, session.wire))
    if asked.ntp:
        parts.append(_clock(session))
    await asyncio.gather(*(_alone(part) for part in parts))


async def _alone(part: Coroutine[Any, Any, None]) -> None:
    with suppress(Failure, OSError, ExceptionGroup):
        await part


async def _clock(session: Session) -> None:
    await tell_clock(session.asked.ntp, session.routes.binding, session.wire)
    session.clock_told = True


def _sites(session: Session) -> list[Site]:
    """Return the measuring server and the platform's page; the first is the one that the proxy is told for."""
    asked = session.asked
    urls = [asked.server, str((asked.platform or {}).get("url") or "")]
    return [site for url in urls if url and (site := site_of(url)) is not None]
