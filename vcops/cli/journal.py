"""`vcops journal`: every change, and whether one was made behind the program's back."""

from __future__ import annotations

import json
from typing import Any

import click

from vcops.cli.forms import as_json as json_option
from vcops.cli.output import document, say, tell
from vcops.cli.table import table
from vcops.domain.journal import Fault, Verification
from vcops.locale import _
from vcops.operations import journal as deeds
from vcops.operations.workplace import Workplace
from vcops.wording.errors import explain

__all__ = ["journal"]


@click.command(help=_("List the newest changes, or check that none was made behind the program's back."))
@click.option("--verify", is_flag=True, help=_("check the whole chain, and every row against its last entry"))
@click.option("--limit", type=click.IntRange(min=1), default=50, metavar="N", help=_("at most so many"))
@click.option("--of", "row_id", metavar="ID", help=_("only the changes of one row, by its full id"))
@json_option
@click.pass_obj
def journal(workplace: Workplace, verify: bool, limit: int, row_id: str | None, as_json: bool) -> int:
    """List or verify the journal."""
    if verify:
        return _verified(deeds.verify(workplace), as_json)
    listed = deeds.entries(workplace, limit=limit, entity_id=row_id)
    if as_json:
        document([_entry_object(one) for one in listed])
    elif listed:
        cells = [
            (str(one.entry.seq), one.entry.at[:19] + "Z", one.entry.actor, one.entry.action, one.entry.entity,
             one.entry.entity_id[-8:], ", ".join(json.loads(one.entry.before or "{}")) if one.entry.after else "")
            for one in listed
        ]  # fmt: skip
        headings = (_("No."), _("When"), _("Who"), _("What"), _("Of"), _("ID"), _("Changed"))
        say(table(headings, cells, right={0}))
    else:
        tell(_("The journal is empty: nothing was changed yet."))
    return 0


def _verified(found: Verification, shown_as_json: bool) -> int:
    if shown_as_json:
        document(
            {
                "entries": found.entries,
                "head": {"seq": found.head.seq, "hash": found.head.hash},
                "intact": found.intact,
                "faults": [_fault_object(one) for one in found.faults],
                "more_faults": found.more,
            }
        )
    else:
        say(_("{number} entries. Head: {seq} {hash}").format(
            number=found.entries, seq=found.head.seq, hash=found.head.hash
        ))  # fmt: skip
        for one in found.faults:
            say(explain(one.code, one.params).message)
        if found.intact:
            say(_("Nothing was changed behind the program's back."))
    if found.intact:
        return 0
    said = _(
        "The database was changed behind the program's back in {number} places; nothing was mended. "
        "Compare it with a backup before you rely on it."
    )
    tell("vcops: " + said.format(number=len(found.faults) + found.more))
    return 1


def _entry_object(one: Any) -> dict[str, Any]:
    entry = one.entry
    return {
        "id": entry.seq,
        "at": entry.at,
        "actor": entry.actor,
        "action": entry.action,
        "entity": entry.entity,
        "entity_id": entry.entity_id,
        "before": json.loads(entry.before) if entry.before else None,
        "after": json.loads(entry.after) if entry.after else None,
        "previous": entry.previous,
        "hash": one.hash,
    }


def _fault_object(fault: Fault) -> dict[str, Any]:
    return {"code": fault.code, "message": explain(fault.code, fault.params).message, **fault.params}
