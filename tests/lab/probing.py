"""Runs a probe as its own process, the way anything else than vcops would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Probed", "run_probe"]


@dataclass(frozen=True)
class Probed:
    """What a probe said, line by line, and how it ended."""

    lines: list[dict[str, Any]]
    status: int
    raw: bytes
    complaints: bytes

    @property
    def readings(self) -> dict[str, dict[str, Any]]:
        """The last reading of each metric."""
        return {line["metric"]: line for line in self.lines if line["type"] == "reading"}

    @property
    def values(self) -> dict[str, Any]:
        """The last value of each metric."""
        return {metric: line["value"] for metric, line in self.readings.items()}

    @property
    def failure(self) -> dict[str, Any] | None:
        """The failure, if there was one."""
        return next((line for line in self.lines if line["type"] == "failure"), None)

    @property
    def code(self) -> str | None:
        """The failure's code."""
        return self.failure["code"] if self.failure else None


def run_probe(
    name: str, request: Any, env: Mapping[str, str] | None = None, timeout: float = 60, text: bytes | None = None
) -> Probed:
    """Run `python -m vcops.probes NAME`; `text` replaces the request where it is to be wrong."""
    done = subprocess.run(
        [sys.executable, "-m", "vcops.probes", name],
        input=json.dumps(request).encode() + b"\n" if text is None else text,
        capture_output=True,
        env=os.environ | dict(env or {}),
        timeout=timeout,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return Probed(lines, done.returncode, done.stdout, done.stderr)
