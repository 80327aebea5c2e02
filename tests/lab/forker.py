"""Starts the command line quickly: each command a process of its own, forked from one that has done the imports.

`python -m tests.lab.forker FD` imports the floors below the faces once, then takes orders on the socket FD: the words
and the environment as one JSON line, with the three standard streams beside it. It answers with the process it has
forked, and with its exit status once it is over. It ends with its caller. What a command imports on top (its own
group: help texts are made in the language of the call) it still imports itself. POSIX only.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import socket
import sys
import time
from typing import Any

__all__ = ["answer"]

_FLOORS = ("domain", "exchange", "handbook", "operations", "store", "wording")
_MOST = 1 << 20


def main() -> None:
    """Take orders until the caller is gone; in a forked process, be the command."""
    with socket.socket(fileno=int(sys.argv[1])) as caller:
        _import_the_floors()
        order = _serve(caller)
    if order is not None:
        answer(order)


def _import_the_floors() -> None:
    for floor in _FLOORS:
        package = importlib.import_module(f"vcops.{floor}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations." not in found.name:  # these are run, not imported
                importlib.import_module(found.name)
    importlib.import_module("vcops.cli.main")
    gc.collect()
    gc.freeze()


def _serve(caller: socket.socket) -> dict[str, Any] | None:
    """Fork for each order. Returns None in the end, and the order in each forked process."""
    while True:
        text, streams, _flags, _address = socket.recv_fds(caller, _MOST, 3)
        if not text:
            return None
        while not text.endswith(b"\n"):
            text += caller.recv(_MOST)
        child = os.fork()
        if not child:
            for place, stream in enumerate(streams):
                os.dup2(stream, place)
                os.close(stream)
            order: dict[str, Any] = json.loads(text)
            return order
        for stream in streams:
            os.close(stream)
        caller.send(b"%d\n" % child)
        _pid, status = os.waitpid(child, 0)
        caller.send(b"%d\n" % os.waitstatus_to_exitcode(status))


def answer(order: dict[str, Any]) -> None:
    """Be the command that was ordered. Ends the process."""
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    time.tzset()
    sys.argv = ["vcops", *order["words"]]
    from vcops.__main__ import main as vcops

    vcops()


if __name__ == "__main__":
    main()
