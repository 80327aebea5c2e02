"""What Alembic runs: the revisions, on the connection that `migrating` has opened and whose transaction it ends.

On SQLite that connection is already inside BEGIN IMMEDIATE: a migration that fails leaves nothing half applied.
"""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,
    render_as_batch=True,  # SQLite alters a table by making it anew
)
context.run_migrations()
