"""What is found out beside the idle phase, while the link is otherwise quiet: the platform, the clock, the machine."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from vcops.probes.connection.platform_part import look_at_platform
from vcops.probes.connection.session import Session
from vcops.probes.wire import Failure

__all__ = ["beside"]


async def beside(session: Session) -> None:
    """Tell all of it, each part for itself. No part's failure is the check's."""
    asked, binding = session.asked, session.routes.binding
    parts = []
    if asked.platform is not None:
        parts.append(look_at_platform(asked.platform, binding, session.wire))
    with suppress(Failure):
        await asyncio.gather(*parts)
