"""`python -m vcops.probes camera|connection|platform|sound`: one request on stdin, one JSON object a line on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from vcops.probes.wire import Failure, Wire, keep_stdout_private, leave


def _probe(name: str) -> Callable[[dict[str, Any], Wire], dict[str, Any] | None]:
    """Return the probe of that name; only its own libraries are imported."""
    if name == "camera":
        from vcops.probes.camera import probe
    elif name == "connection":
        from vcops.probes.connection import probe
    elif name == "platform":
        from vcops.probes.platform import probe
    elif name == "sound":
        from vcops.probes.sound import probe
    else:
        raise Failure("probe.unknown", name=name)
    return probe


def _request() -> dict[str, Any]:
    try:
        asked = json.loads(sys.stdin.buffer.readline())
    except ValueError as error:
        raise Failure("probe.bad_request") from error
    if not isinstance(asked, dict):
        raise Failure("probe.bad_request")
    return asked


def main() -> None:
    """Run one probe to its end; whatever happens, the last line says so."""
    wire = Wire(keep_stdout_private())
    status = 0
    try:
        asked = _request()
        if asked.get("lifeline"):
            wire.watch_lifeline()
        if logins := asked.get("proxy_logins"):
            from vcops.probes.proxies import lend_logins

            lend_logins(logins)
        more = _probe(sys.argv[1] if len(sys.argv) > 1 else "")(asked, wire)
        wire.done(**(more or {}))
    except Failure as failure:
        wire.failure(failure.code, failure.params)
        status = 3
    except Exception as error:  # noqa: BLE001 - the process ends here; the line is the only way to tell
        # Only the kind of error is told: its text may hold the address with its password.
        wire.failure("probe.broken", {"kind": type(error).__name__})
        status = 70
    leave(status)  # a driver's or a resolver's thread may never come back


if __name__ == "__main__":
    main()
