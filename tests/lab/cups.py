"""A print server of one's own: CUPS on a port of this machine, in a folder of its own, and printers good and bad.

    with running_cups() as cups:
        cups.add("Kertas", "keep:/kertas.prn")     # what it prints is kept in cups.folder

`missing_cups()` says what is to be installed, as a reason to skip.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Cups", "missing_cups", "running_cups"]

_PROGRAMS = Path("/usr/lib/cups")
_START_S = 15.0
_DAEMON = """
Listen 127.0.0.1:{port}
LogLevel warn
Browsing Off
WebInterface No
DefaultAuthType None
ErrorPolicy stop-printer
PreserveJobHistory Yes
PreserveJobFiles No
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Location /admin>
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """
ServerRoot {folder}/root
ServerBin {folder}/bin
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/spool/tmp
AccessLog {folder}/access.log
ErrorLog {folder}/error.log
PageLog {folder}/page.log
"""
_KEEP = """#!/bin/sh
[ $# -eq 0 ] && {{ echo 'direct keep "Unknown" "A folder"'; exit 0; }}
cat "${{6:--}}" > "{folder}/${{DEVICE_URI#keep:/}}"
echo "$5" > "{folder}/${{DEVICE_URI#keep:/}}.options"
"""
_ON_FIRE = """#!/bin/sh
[ $# -eq 0 ] && { echo 'direct fire "Unknown" "A printer on fire"'; exit 0; }
echo 'STATE: +media-jam-error' >&2
echo 'ERROR: lp0 on fire' >&2
exit 4
"""


@dataclass(frozen=True)
class Cups:
    """A running server; `server` is what CUPS_SERVER is to be set to."""

    folder: Path
    server: str

    def add(self, name: str, device: str, *model: str) -> None:
        """Add a printer that takes whatever it is given; `model` is lpadmin's own way to name another."""
        self.run("lpadmin", "-p", name, "-E", "-v", device, *(model or ("-m", "raw")))

    def run(self, *words: str) -> None:
        """Run a command of CUPS on this server."""
        environment = os.environ | {"CUPS_SERVER": self.server, "LC_ALL": "C"}
        subprocess.run(words, env=environment, check=True, capture_output=True, timeout=30)


def missing_cups(backend: str = "") -> str:
    """Return what is to be installed; empty where all is there."""
    if sys.platform == "win32" or not all(shutil.which(one) for one in ("cupsd", "lp", "lpstat", "lpadmin")):
        return "cups, cups-client"
    if os.geteuid() != 0:
        return "root, to start a print server"
    if backend and not (_PROGRAMS / "backend" / backend).exists():
        return f"printer-driver-{backend}"
    return ""


@contextmanager
def running_cups() -> Iterator[Cups]:
    """Start a server; stop it at the end, whatever it is printing."""
    with tempfile.TemporaryDirectory(prefix="cups") as name:
        folder = Path(name)
        folder.chmod(0o755)  # some of its helpers run as another user
        for one in ("root/ppd", "spool/tmp", "cache", "state", "bin/backend"):
            (folder / one).mkdir(parents=True)
        for part in _PROGRAMS.iterdir():
            if part.name != "backend":
                (folder / "bin" / part.name).symlink_to(part)
        for backend in (_PROGRAMS / "backend").iterdir():
            (folder / "bin" / "backend" / backend.name).symlink_to(backend)
        for backend_name, script in (("fire", _ON_FIRE), ("keep", _KEEP.format(folder=folder))):
            own = folder / "bin" / "backend" / backend_name
            own.write_text(script)
            own.chmod(0o700)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        (folder / "cupsd.conf").write_text(_DAEMON.format(port=port))
        (folder / "cups-files.conf").write_text(_FILES.format(folder=folder))
        words = ["cupsd", "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
        with (folder / "said").open("wb") as said:
            daemon = subprocess.Popen(words, stdout=said, stderr=said)
        try:
            _wait(daemon, port, folder)
            yield Cups(folder, f"127.0.0.1:{port}")
        finally:
            daemon.terminate()
            with suppress(subprocess.TimeoutExpired):
                daemon.wait(10)
            daemon.kill()
            daemon.wait()


def _wait(daemon: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        if daemon.poll() is not None:
            break
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError("the print server does not start: " + (folder / "said").read_text(errors="replace"))
