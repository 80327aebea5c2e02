"""`vcops verify`: a closed month by its name, by the code on paper, or by a PDF; what was altered since."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from vcops.cli.closing_shapes import unlocked_object, verified_entry_object, verified_object
from vcops.cli.forms import as_json as json_option
from vcops.cli.output import document, say, tell
from vcops.domain.journal import Fault, read_entry_code
from vcops.formats import number
from vcops.locale import _
from vcops.operations import directory, verifying
from vcops.operations.verifying import Verified, VerifiedEntry
from vcops.operations.workplace import Workplace
from vcops.wording.closing import CODE_IS, closed_words, fault_words

__all__ = ["verify"]


@click.command(
    help=_(
        "Say what of a closed month was altered since, to the row and field. Takes a month, a printed code, or a PDF, "
        "the signed one included; without any of them every closed month. Of a draft's or a record's code "
        "(108-5e7c...) it says whether the journal was altered up to there."
    )
)
@click.argument("what", metavar="[YYYY-MM|CODE|FILE.pdf]", required=False)
@json_option
@click.pass_obj
def verify(workplace: Workplace, what: str | None, as_json: bool) -> int:
    """Verify one month or all."""
    code = read_entry_code(what or "")
    if code is not None:
        return _entry(verifying.verify_entry(workplace, code), as_json)
    unlocked: list[Fault] = []
    if what is None:
        found = verifying.verify_all(workplace)
        unlocked = [] if found else verifying.lock_faults(workplace)  # else every month names them
        if as_json:
            document([verified_object(one) for one in found] or [unlocked_object(unlocked)] * bool(unlocked))
    else:
        found = [_one(workplace, what)]
        if as_json:
            document(verified_object(found[0]))
    if not as_json:
        for one in found:
            _say(workplace, one)
    if not found:
        _say_none(unlocked, as_json)
    altered = sum(len(one.faults) + one.more for one in found) + len(unlocked)
    if not altered:
        return 0
    said = _("{number} things are not as the program left them; nothing was mended. Compare it with a backup.")
    if found:
        said = _(
            "{number} things are not as they were when the month was closed; nothing was mended. Compare it with a "
            "backup."
        )
    tell("vcops: " + said.format(number=number(altered)))
    return 1


def _one(workplace: Workplace, what: str) -> Verified:
    path = Path(what).expanduser()
    if path.suffix.lower() == ".pdf" or path.is_file():
        return verifying.verify_file(workplace, path)
    return verifying.verify_text(workplace, what)


def _entry(one: VerifiedEntry, as_json: bool) -> int:
    """Tell of the journal's entry that a draft or a record was printed after."""
    code = f"{one.code.seq}-{one.code.start}"
    if as_json:
        document(verified_entry_object(one))
    elif one.entry is None:
        say(_("The journal of this database has no entry {code}: it is another database's, or was altered.").format(
            code=code
        ))  # fmt: skip
    else:
        said = _("Entry {number} of the journal, made on {at} by {who}, is the one that the paper was printed after.")
        say(said.format(number=one.entry.seq, at=one.entry.at[:19] + "Z", who=one.entry.actor))
    if not as_json:
        for fault in one.found.faults:
            say(fault_words(fault))
        if one.intact:
            say(_("The journal was not altered up to there. What came later is told by: vcops journal --verify."))
    if not one.intact:
        tell("vcops: " + _("The code {code} does not fit the journal as it is.").format(code=code))
    return 0 if one.intact else 1


def _say_none(unlocked: Sequence[Fault], as_json: bool) -> None:
    """Say that nothing is closed; a database whose triggers are gone may have held a closing."""
    if not as_json:
        for fault in unlocked:
            say(fault_words(fault))
    tell(_("This database holds no closed month.") if unlocked else _("No month is closed yet."))


def _say(workplace: Workplace, one: Verified) -> None:
    say(closed_words(one.closing, directory.office(workplace).zone))
    say(f"{_(CODE_IS)}: {one.closing.code}")
    if one.filed:
        said = _(
            "The file is, byte for byte, the PDF that was filed. Whether a signature in it is valid, only the tool "
            "that made it can tell."
        )
        say(said)
    elif one.filed is not None:
        say(_("The code in the file is compared, not its text: this very file was not filed here."))
    for fault in one.faults:
        say(fault_words(fault))
    if one.more:
        say(_("and {number} more").format(number=number(one.more)))
    if one.intact:
        say(_("Nothing was altered since: {number} rows are as they were, and the triggers are there.").format(
            number=number(one.rows)
        ))  # fmt: skip
    if one.closing.corrected:
        say(_("Entries of later months belong to it: its figures stand beside those after correction."))
