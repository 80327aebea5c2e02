"""The first schema. A database is born with its tables, so there is nothing to do on the way to it.

A change of the tables needs: a revision here with `down_revision` set to the one before, a new `SCHEMA` in
`store/moments.py`, and a dump of the new schema (`python -m tests.store.schema`).
"""

from __future__ import annotations

revision = "0001"
down_revision = None


def upgrade() -> None:
    """No database is older than this one."""


def downgrade() -> None:
    """There is nothing before it."""
