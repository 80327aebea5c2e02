"""Network namespaces: another machine's network, on this one. Linux and root only; `available` says why not."""

from __future__ import annotations

import ctypes
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

__all__ = ["Namespace", "available", "ip", "netns_inside"]

_CLONE_NEWNET = 0x40000000
_count = itertools.count()


def available() -> str:
    """Return why no namespace and no link can be made here, or nothing where they can."""
    if sys.platform != "linux":
        return "network namespaces are Linux only"
    if os.geteuid() != 0:
        return "network namespaces need root"
    for tool in ("ip", "tc"):
        if shutil.which(tool) is None:
            return f"`{tool}` is not installed (Debian: iproute2)"
    if not os.access("/dev/net/tun", os.R_OK | os.W_OK):
        return "there is no /dev/net/tun"
    _sweep()
    try:
        with Namespace("probe") as tried:
            done = tried.run(["ip", "tuntap", "add", "dev", "tried", "mode", "tun"])
    except subprocess.CalledProcessError as error:
        return f"no network namespace can be made: {error.stderr.strip()}"
    return "" if done.returncode == 0 else f"no TUN device can be made: {done.stderr.strip()}"


def _sweep() -> None:
    """Take away the namespaces of test runs that were killed: their names tell the process that made them."""
    for path in Path("/run/netns").glob("vcops-*-*-*"):
        if not Path("/proc", path.name.split("-")[1]).exists():
            subprocess.run(["ip", "netns", "delete", path.name], capture_output=True, check=False)


def ip(*words: str, batch: str | None = None) -> None:
    """Run `ip` with these words; a fault is an error that carries what it said."""
    subprocess.run(["ip", *words], input=batch, capture_output=True, text=True, check=True)


class Namespace:
    """A network of its own with a loopback, gone at the end together with the processes started in it."""

    def __init__(self, label: str = "one") -> None:
        self.name = f"vcops-{os.getpid()}-{next(_count)}-{label}"
        self._started: list[subprocess.Popen[Any]] = []

    @property
    def path(self) -> Path:
        """What `setns` opens."""
        return Path("/run/netns", self.name)

    def __enter__(self) -> Namespace:
        ip("netns", "add", self.name)
        self.ip("link", "set", "lo", "up")
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self._started:
            with suppress(ProcessLookupError):
                process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()
        ip("netns", "delete", self.name)

    def ip(self, *words: str) -> None:
        """Run `ip` inside."""
        ip("-n", self.name, *words)

    def command(self, words: Sequence[str]) -> list[str]:
        """Return the command that runs these words inside. It becomes them: the process id stays the same.

        Inside, `/sys` is the namespace's own too.
        """
        return ["ip", "netns", "exec", self.name, *words]

    def run(self, words: Sequence[str], **options: Any) -> subprocess.CompletedProcess[Any]:
        """Run a command inside to its end; what it says is kept as text unless told otherwise."""
        options = {"capture_output": True, "text": True, "timeout": 120} | options
        return subprocess.run(self.command(words), check=options.pop("check", False), **options)

    def start(self, words: Sequence[str], **options: Any) -> subprocess.Popen[Any]:
        """Start a command inside; it is ended with the namespace at the latest."""
        process = subprocess.Popen(self.command(words), **options)
        self._started.append(process)
        return process

    def sysctl(self, name: str, value: str) -> bool:
        """Set one of the namespace's own switches (`net.ipv4.tcp_no_metrics_save`); return whether it took it."""
        return self.run(["sysctl", "-qw", f"{name}={value}"]).returncode == 0


@contextmanager
def netns_inside(path: str | Path) -> Iterator[None]:
    """Let this thread's new sockets and devices belong to a namespace until the block ends (`os.setns` is 3.12)."""
    library = ctypes.CDLL(None, use_errno=True)
    with Path("/proc/thread-self/ns/net").open("rb") as home, Path(path).open("rb") as there:
        _setns(library, there.fileno())
        try:
            yield
        finally:
            _setns(library, home.fileno())


def _setns(library: ctypes.CDLL, descriptor: int) -> None:
    if library.setns(descriptor, _CLONE_NEWNET) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
