"""The real command line in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["CommandLine", "Ran"]


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


class CommandLine:
    """Call it with a command's words; `home` is its configuration and data, `lang` what it speaks."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(
        self,
        *words: object,
        lang: str = "en",
        env: Mapping[str, str] | None = None,
        stdin: str = "",
        timeout: float = 90,
    ) -> Ran:
        done = subprocess.run(
            self.words(*words),
            env=self.environment(lang, env),
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def words(self, *words: object) -> list[str]:
        """Return the whole command, for a test that starts the process itself."""
        return [sys.executable, "-m", "vcops", "--home", str(self.home), *(str(word) for word in words)]

    def environment(self, lang: str = "en", more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the environment it runs in: none of the developer's."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("VCOPS_", "LC_", "LANG"))}
        return (
            kept
            | {"VCOPS_LANG": lang, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "PYTHONWARNINGS": "error"}
            | dict(more or {})
        )
