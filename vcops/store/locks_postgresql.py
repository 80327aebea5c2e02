"""The locks as PostgreSQL's triggers.

It replaces no row behind a trigger's back, but it can empty a table at once, switch a trigger off, give it a condition,
and find another table of the same name first: `CREATE TEMP TABLE closing` is enough. So each function names where it
looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from vcops.domain.journal import Fault
from vcops.store.lock_rules import PREFIX, REFUSAL, differs, locks

__all__ = ["compare", "drop", "statements"]

_ROW = 1 | 2 | 4 | 8 | 16
"""pg_trigger.tgtype: for each row, before, insert, delete, update."""
_EMPTYING = 2 | 32
"""For each statement, before, truncate."""
_ALWAYS = "A"
"""pg_trigger.tgenabled: also where `session_replication_role` switches ordinary triggers off."""


@dataclass(frozen=True, slots=True)
class _Trigger:
    table: str
    kind: int
    on: str
    function: str
    body: str
    plain: bool = True
    """Without a condition, for every column, by a function of this schema that looks nowhere else first."""


def statements() -> list[str]:
    """Return what makes the functions and the triggers."""
    found = [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $lock${body}$lock$"
        for name, body in _bodies().items()
    ]
    found += [
        f"DO $do$ BEGIN EXECUTE 'ALTER FUNCTION {name}() SET search_path = ' || quote_ident(current_schema()) "
        "|| ', pg_temp'; END $do$"
        for name in _bodies()
    ]
    for name, one in _expected().items():
        when = "INSERT OR UPDATE OR DELETE" if one.kind == _ROW else "TRUNCATE"
        each = "ROW" if one.kind == _ROW else "STATEMENT"
        found.append(
            f"CREATE TRIGGER {name} BEFORE {when} ON {one.table} FOR EACH {each} EXECUTE FUNCTION {one.function}()"
        )
        found.append(f"ALTER TABLE {one.table} ENABLE ALWAYS TRIGGER {name}")
    return found


def drop(connection: Connection) -> None:
    """Take the program's triggers and their functions away."""
    for name, one in _found(connection).items():
        if name.startswith(PREFIX):
            connection.exec_driver_sql(f'DROP TRIGGER "{name}" ON "{one.table}"')
    functions = text("SELECT proname FROM pg_proc WHERE pronamespace = CAST(current_schema() AS regnamespace)")
    for name in connection.execute(functions).scalars().all():
        if name.startswith(PREFIX):
            connection.exec_driver_sql(f'DROP FUNCTION "{name}"()')


def compare(connection: Connection) -> Iterator[Fault]:
    """Yield the triggers that are missing, changed, switched off, or not the program's."""
    found, expected = _found(connection), _expected()
    ours = {one.table for one in expected.values()}
    for name, one in expected.items():
        about = {"name": name, "table": one.table}
        if name not in found:
            yield Fault("lock.missing", about)
        elif found[name].on != one.on:
            yield Fault("lock.off", about)
        elif found[name] != one:
            yield Fault("lock.changed", about)
    for name, one in found.items():
        if name not in expected and one.table in ours:
            yield Fault("lock.unknown", {"name": name, "table": one.table})


def _expected() -> dict[str, _Trigger]:
    bodies, emptying = _bodies(), f"{PREFIX}truncate"
    found: dict[str, _Trigger] = {}
    for lock in locks():
        name = f"{PREFIX}{lock.name}"
        found[name] = _Trigger(lock.name, _ROW, _ALWAYS, name, bodies[name])
        found[f"{name}_truncate"] = _Trigger(lock.name, _EMPTYING, _ALWAYS, emptying, bodies[emptying])
    return found


def _bodies() -> dict[str, str]:
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
    some = "EXISTS (SELECT 1 FROM closing)"
    found = {f"{PREFIX}truncate": f" BEGIN IF {some} THEN {refuse} RETURN NULL; END "}
    for lock in locks():
        moved = f"({lock.old()}) OR ({lock.new})" if lock.born is None else lock.old()
        found[f"{PREFIX}{lock.name}"] = (
            f" BEGIN IF TG_OP = 'INSERT' THEN IF {lock.new} THEN {refuse} RETURN NEW;"
            f" ELSIF TG_OP = 'DELETE' THEN IF {lock.old()} THEN {refuse} RETURN OLD; END IF;"
            f" IF ({differs(lock.table, 'IS DISTINCT FROM')}) AND ({moved}) THEN {refuse} RETURN NEW; END "
        )
    return found


def _found(connection: Connection) -> dict[str, _Trigger]:
    rows = connection.exec_driver_sql(
        "SELECT t.tgname, c.relname, t.tgtype, t.tgenabled::text, p.proname, p.prosrc, "
        "t.tgqual IS NULL AND t.tgattr = '' AND p.pronamespace = c.relnamespace AND l.lanname = 'plpgsql' AND "
        "p.proconfig IS NOT DISTINCT FROM ARRAY['search_path=' || quote_ident(current_schema()) || ', pg_temp'] "
        "FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_proc AS p ON p.oid = t.tgfoid "
        "JOIN pg_language AS l ON l.oid = p.prolang "
        "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace ORDER BY t.tgname"
    )
    return {name: _Trigger(*about) for name, *about in rows}
