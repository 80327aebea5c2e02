"""The database: tables, the one way to write (journalled), the queries, migrations and backup.

Nothing here is imported before the first frame is painted; the exception is `glance`, which needs only sqlite3.
"""
