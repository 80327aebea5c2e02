"""Looking through a room's camera without measuring it: pictures until somebody ends it. Nothing is stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Any

from vcops.domain.checks import CheckFailed, CheckProgress, CheckRequest
from vcops.domain.pictures import CheckPicture
from vcops.operations.asking import attempts
from vcops.operations.probing import Limits, probe_lines
from vcops.operations.workplace import Workplace

__all__ = ["look"]

_LONGEST_S = 16 * 60.0
"""The probe itself ends after a quarter of an hour."""


async def look(
    workplace: Workplace, request: CheckRequest
) -> AsyncGenerator[CheckProgress | CheckPicture | CheckFailed, None]:
    """Show what the camera of `request` sees, as its preview wants it.

    It ends with a `CheckFailed` where nothing can be seen, else after a quarter of an hour. Closing the iterator or
    cancelling its task kills the probe; use `contextlib.aclosing` around it. Raises InvalidInput for a request that
    makes no sense.
    """
    preview = request.preview
    assert preview is not None, "there is nothing to show"
    ((_source, asked),) = await asyncio.to_thread(attempts, workplace, request)
    whole: dict[str, Any] = asked | {"look": True, "preview": preview.wished()}
    told = probe_lines("camera", whole, Limits(_LONGEST_S), answer=lambda _line: preview.wished())
    async with aclosing(told) as lines:
        async for line in lines:
            if line["type"] == "picture":
                with suppress(ValueError):
                    yield CheckPicture.from_json(line)
            elif line["type"] == "progress":
                yield CheckProgress(None, str(line.get("code", "")), dict(line.get("params") or {}))
            elif line["type"] == "failure":
                yield CheckFailed(str(line.get("code", "probe.garbled")), dict(line.get("params") or {}))
