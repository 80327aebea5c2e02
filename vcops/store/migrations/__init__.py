"""Alembic's scripts: one revision a schema. Alembic is imported only when an older database is migrated."""
