"""The real command line, each command in a process of its own.

Importing takes several times as long as what a command does, so the process is forked from one that has imported the
program already (`tests.lab.forker`), where the system can fork. `vcops(..., fresh=True)` starts one from nothing, as a
person does.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

__all__ = ["CommandLine", "Forker", "Ran", "running_forker"]


_ROOT = Path(__file__).parents[2]


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


@dataclass(frozen=True)
class Forker:
    """A process that has imported the program and forks itself for each command. One command at a time."""

    caller: socket.socket

    def run(self, words: Sequence[str], environment: Mapping[str, str], stdin: str, timeout: float) -> Ran:
        """Run one command. Raises `subprocess.TimeoutExpired` as `subprocess.run` does."""
        order = {"words": list(words), "environment": dict(environment), "folder": str(Path.cwd())}
        with ExitStack() as stack:
            given, out, err = streams = [stack.enter_context(TemporaryFile()) for _stream in range(3)]
            given.write(stdin.encode())
            given.seek(0)
            socket.send_fds(self.caller, [json.dumps(order).encode() + b"\n"], [one.fileno() for one in streams])
            self.caller.settimeout(timeout)
            process = self._number()
            try:
                status = self._number()
            except TimeoutError as error:
                os.kill(process, signal.SIGKILL)
                self._number()
                raise subprocess.TimeoutExpired(list(words), timeout) from error
            for one in (out, err):
                one.seek(0)
            return Ran(status, *(one.read().decode().replace("\r\n", "\n") for one in (out, err)))

    def _number(self) -> int:
        said = b""
        while not said.endswith(b"\n"):
            said += self.caller.recv(1)
        return int(said)


@contextmanager
def running_forker() -> Iterator[Forker | None]:
    """Yield one; None where the system cannot fork."""
    if not hasattr(os, "fork"):
        yield None
        return
    mine, its = socket.socketpair()
    with mine, its:
        command = [sys.executable, "-m", "tests.lab.forker", str(its.fileno())]
        with subprocess.Popen(command, pass_fds=[its.fileno()], env=_environment(), cwd=_ROOT):
            its.close()
            yield Forker(mine)
            mine.close()  # at which it ends


class CommandLine:
    """Call it with a command's words; `home` is its configuration and data, `lang` what it speaks."""

    def __init__(self, home: Path, forker: Forker | None = None) -> None:
        self.home = home
        self._forker = forker

    def __call__(
        self,
        *words: object,
        lang: str = "en",
        env: Mapping[str, str] | None = None,
        stdin: str = "",
        timeout: float = 90,
        fresh: bool = False,
    ) -> Ran:
        if self._forker is not None and not fresh:
            return self._forker.run(self.words(*words)[3:], self.environment(lang, env), stdin, timeout)
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
        return _environment() | {"VCOPS_LANG": lang} | dict(more or {})


def _environment() -> dict[str, str]:
    theirs = ("VCOPS_", "LC_", "LANG", "COLUMNS")  # the last is set where several tests run at a time
    kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
    return kept | {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "PYTHONWARNINGS": "error"}
