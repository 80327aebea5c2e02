"""Runs a probe as its own process, the way anything else than vcops would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Probed", "run_probe", "watch_probe"]


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
    def pictures(self) -> list[dict[str, Any]]:
        """The pictures."""
        return [line for line in self.lines if line["type"] == "picture"]

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


def watch_probe(
    name: str, request: Any, answer: Callable[[int], Mapping[str, Any] | None], pictures: int | None = None
) -> Probed:
    """Run a probe that sends pictures, and answer each; `answer` gets its number and returns None to keep silent.

    After so many `pictures` the lifeline is cut, by which a probe ends that would go on for ever.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "vcops.probes", name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    lines, seen = [], 0
    with process:
        process.stdin.write(json.dumps({**request, "lifeline": True}).encode() + b"\n")
        process.stdin.flush()
        for text in process.stdout:
            lines.append(json.loads(text))
            if lines[-1]["type"] != "picture":
                continue
            seen += 1
            if seen == pictures:
                break
            if (said := answer(seen)) is not None:
                process.stdin.write(json.dumps(said).encode() + b"\n")
                process.stdin.flush()
        process.stdin.close()
        complaints = process.stderr.read()
    return Probed(lines, process.returncode, b"", complaints)
