"""Servers that nobody here wrote, and our own beside them, on this machine or in a namespace of a link.

    with Link(20, 5, 40) as link, running_nginx(link.server, link.address) as nginx:
        link.client.run(["curl", nginx.url + "large.bin"])

`missing(name)` says what is to be installed where a peer cannot be started, as a reason to skip.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.lab.netns import Namespace, netns_inside

__all__ = [
    "Peer",
    "missing",
    "running_coturn",
    "running_iperf3",
    "running_lab_server",
    "running_nginx",
    "running_web_speedtest",
]

_DEBIAN = {"nginx": "nginx-light", "turnserver": "coturn", "iperf3": "iperf3", "irtt": "irtt", "nft": "nftables"}
_START_S = 10.0
_LARGE_BYTES = 100 * 1024 * 1024
_JPEGS = (350, 500, 750, 1000, 1500, 2000, 2500, 3000, 3500, 4000)
_ROOT = Path(__file__).parents[2]
_NGINX = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{ worker_connections 256; }}
http {{
    access_log off;
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_max_body_size 0;
    keepalive_requests 1000000;
    sendfile on;
    tcp_nodelay on;
    server {{
        listen {address}:{port} {tls};
        {certificate}
        root {folder}/files;
        location = /write {{ return 200; }}
        location ~ /empty\\.php$ {{ return 200; }}
        location ~ /upload\\.php$ {{ return 200 "size=500"; }}
        location ~ /latency\\.txt$ {{ return 200 "test=test\\n"; }}
        location ~ /garbage\\.php$ {{ rewrite .* /large.bin break; }}
    }}
}}
"""


@dataclass(frozen=True)
class Peer:
    """A server that answers."""

    host: str
    port: int
    process: subprocess.Popen[Any]
    secure: bool = False

    @property
    def address(self) -> str:
        """Host and port with a colon between."""
        return f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """Its root, with a slash at the end."""
        return f"{'https' if self.secure else 'http'}://{self.address}/"


def missing(name: str) -> str:
    """Return why this program cannot be started here, or nothing: `nginx`, `turnserver`, `iperf3`, `web-speedtest`."""
    if _program(name):
        return ""
    return f"{name} is not installed ({f'Debian: {_DEBIAN[name]}' if name in _DEBIAN else f'PyPI: {name}'})"


def _program(name: str) -> str | None:
    beside = Path(sys.executable).with_name(name)
    if beside.exists():
        return str(beside)
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin")


@contextmanager
def running_nginx(
    where: Namespace | None = None,
    address: str = "127.0.0.1",
    port: int = 0,
    certificate: tuple[Path, Path] | None = None,
) -> Iterator[Peer]:
    """nginx with `/large.bin` to read and `/write` to write to, and the paths of LibreSpeed and of Speedtest.

    It answers an upload at once and reads the body afterwards, as `return` does. `certificate`: chain and key.
    """
    port = port or _free_port(where, address)
    with tempfile.TemporaryDirectory(prefix="vcops-nginx-") as folder:
        files = Path(folder, "files")
        (files / "speedtest").mkdir(parents=True)
        _sparse(files / "large.bin", _LARGE_BYTES)
        for side in _JPEGS:
            _sparse(files / "speedtest" / f"random{side}x{side}.jpg", side * side * 2)
        lines = f"ssl_certificate {certificate[0]}; ssl_certificate_key {certificate[1]};" if certificate else ""
        settings = _NGINX.format(
            folder=folder, address=_bracketed(address), port=port, tls="ssl" if certificate else "", certificate=lines,
            user="user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else "",
        )  # fmt: skip
        configuration = Path(folder, "nginx.conf")
        configuration.write_text(settings, encoding="ascii")
        command = [_program("nginx") or "nginx", "-e", f"{folder}/error.log", "-c", str(configuration)]
        with _running(command, where, address, port, secure=certificate is not None) as peer:
            yield peer


@contextmanager
def running_coturn(where: Namespace | None = None, address: str = "127.0.0.1", port: int = 0) -> Iterator[Peer]:
    """coturn, answering STUN binding requests and nothing else."""
    port = port or _free_port(where, address)
    with tempfile.TemporaryDirectory(prefix="vcops-coturn-") as folder:
        command = [
            _program("turnserver") or "turnserver", "-n", "--stun-only", "--no-cli", "--no-tls", "--no-dtls",
            "--listening-ip", address, "--listening-port", str(port), "--pidfile", f"{folder}/pid",
            "--log-file", f"{folder}/log", "--simple-log", "--userdb", f"{folder}/users", "--no-rfc5780",
        ]  # fmt: skip
        with _running(command, where, address, port) as peer:
            yield peer


@contextmanager
def running_iperf3(where: Namespace | None = None, address: str = "127.0.0.1", port: int = 0) -> Iterator[Peer]:
    """`iperf3 -s`. It serves one test at a time; asking it whether it answers would be one."""
    port = port or _free_port(where, address)
    command = [_program("iperf3") or "iperf3", "-s", "-B", address, "-p", str(port)]
    with _running(command, where, address, port, ask=False) as peer:
        _until_listening(peer, where)
        yield peer


@contextmanager
def running_web_speedtest(where: Namespace | None = None, address: str = "127.0.0.1", port: int = 0) -> Iterator[Peer]:
    """web-speedtest's server: `/api/ping`, `/api/download?size=`, `/api/upload`."""
    port = port or _free_port(where, address)
    command = [_program("web-speedtest") or "web-speedtest", "server", "-q", "-H", address, "-p", str(port)]
    with _running(command, where, address, port) as peer:
        yield peer


@contextmanager
def running_lab_server(where: Namespace | None = None, address: str = "127.0.0.1", port: int = 0) -> Iterator[Peer]:
    """`tests.lab.server` without faults, in a process of its own."""
    port = port or _free_port(where, address)
    code = (
        "from tests.lab.server import ServerScript, _Server; import sys;"
        "_Server(ServerScript(), int(sys.argv[2]), sys.argv[1]).serve_forever()"
    )
    with _running([sys.executable, "-c", code, address, str(port)], where, address, port, cwd=_ROOT) as peer:
        yield peer


@contextmanager
def _running(
    command: Sequence[str], where: Namespace | None, address: str, port: int,
    *, secure: bool = False, ask: bool = True, **options: Any,
) -> Iterator[Peer]:  # fmt: skip
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | options
    process = where.start(command, **options) if where else subprocess.Popen(command, **options)
    try:
        if ask:
            _until(lambda: _answers(where, address, port), command[0], process)
        yield Peer(_bracketed(address), port, process, secure)
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _until(ready: Any, name: str, process: subprocess.Popen[Any]) -> None:
    by = time.monotonic() + _START_S
    while not ready():
        if process.poll() is not None or time.monotonic() > by:
            raise RuntimeError(f"{name} did not start (status {process.poll()})")
        time.sleep(0.03)


def _until_listening(peer: Peer, where: Namespace | None) -> None:
    """Wait for a socket that listens on the port, without connecting to it."""
    process = peer.process
    tables = [Path(f"/proc/{process.pid}/net/{kind}") for kind in ("tcp", "tcp6")]
    if not tables[0].exists():  # not Linux
        time.sleep(1)
        return
    wanted = f":{peer.port:04X}"

    def listening() -> bool:
        rows = [line.split() for table in tables if table.exists() for line in table.read_text().splitlines()[1:]]
        return any(row[1].endswith(wanted) and row[3] == "0A" for row in rows)

    _until(listening, "the server", process)


def _answers(where: Namespace | None, address: str, port: int) -> bool:
    with _inside(where), suppress(OSError), socket.create_connection((address, port), 1):
        return True
    return False


def _free_port(where: Namespace | None, address: str) -> int:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with _inside(where), socket.socket(family) as asked:
        asked.bind((address, 0))
        return int(asked.getsockname()[1])


def _inside(where: Namespace | None) -> Any:
    return netns_inside(where.path) if where else nullcontext()


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as stream:
        stream.truncate(size)
