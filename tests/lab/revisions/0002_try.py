"""A revision to try migrating with: one more column, then, where the database says so, a failure half way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("room") as room:
        room.add_column(sa.Column("floor", sa.Text, nullable=False, server_default=""))
    if op.get_bind().execute(sa.text("SELECT count(*) FROM room WHERE name = 'fails'")).scalar():
        op.execute("SELECT no_such_column FROM room")
