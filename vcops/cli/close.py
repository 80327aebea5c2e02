"""`vcops close`: what a month lacks, its closing, and what may follow it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from vcops.cli.closing_shapes import closing_object, gaps_object
from vcops.cli.forms import as_json as json_option
from vcops.cli.output import complain, document, error_object, say, tell
from vcops.domain.closings import Answer, Closing
from vcops.domain.completeness import Completeness, Gap, Unfinished
from vcops.domain.periods import Period, as_date
from vcops.errors import Conflict, InvalidInput, StorageError, VcopsError
from vcops.formats import number, read_day, short_day
from vcops.locale import _
from vcops.operations import closing as deeds
from vcops.operations import closing_copies, directory
from vcops.operations.workplace import Workplace
from vcops.wording.closing import CODE_IS, answer_words, closed_words, gap_kind_name, month_said

__all__ = ["close"]

_SHOWN = 20
"""Meetings listed of one kind of gap; --json lists all of them."""


@click.command(
    help=_(
        "Close a month for ever: its rows, tariffs and names stay as they are, and a code is printed that leads back "
        "to them. Lists first what is incomplete, and then closes nothing. The report's number, the date of signing "
        "and the signed PDF may follow."
    )
)
@click.argument("month", metavar="YYYY-MM")
@click.option("--accept", metavar="TEXT", help=_("close all the same; the text answers all that lacks and is printed"))
@click.option(
    "--answer", "answers", metavar="KIND=TEXT", multiple=True,
    help=_("answer one kind of gap (end, count, unit, reconciled ...) or one meeting by its ID; may be repeated"),
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help=_("only list what is incomplete"))
@click.option("--number", "report_number", metavar="TEXT", help=_("the report's number; may follow the closing"))
@click.option("--signed-on", metavar="DAY", help=_("the date beside the signature; may follow the closing"))
@click.option(
    "--signed", metavar="FILE", type=click.Path(path_type=Path),
    help=_("file the PDF that was signed outside: its SHA-256 is kept, its signature is not judged"),
)  # fmt: skip
@click.option("--copies", is_flag=True, help=_("write the copies in the second folder anew"))
@json_option
@click.pass_obj
def close(
    workplace: Workplace,
    month: str,
    accept: str | None,
    answers: Sequence[str],
    dry_run: bool,
    report_number: str | None,
    signed_on: str | None,
    signed: Path | None,
    copies: bool,
    as_json: bool,
) -> int:
    """Close a month, or add to its closing."""
    period = Period.month(month)
    day = None if signed_on is None else _read_day(signed_on)
    if day is not None:
        deeds.refuse_signing(period, day)  # before the month is closed for it
    if dry_run:
        found = deeds.completeness(workplace, period)
        _tell_gaps(found, found.gaps, as_json)
        return 0
    follows = report_number is not None or day is not None or signed is not None or copies
    closed = deeds.closing_of(workplace, period) if follows else None
    if closed is None and (signed is not None or copies):  # what was signed before was a draft; no copy closes a month
        raise Conflict("closing.open", month=period.first_month)
    try:
        made = closed or deeds.close(workplace, period, _answers(accept, answers))
    except Unfinished as error:
        return _unfinished(error, as_json)
    made = _followed(workplace, made, report_number, day, signed)
    written, trouble = _copied(workplace, period, signed, whole=closed is None or copies)
    if as_json:
        shown = closing_object(made) | {"copies": [str(one) for one in written]}
        document(shown | ({"error": error_object(trouble)} if trouble and copies else {}))
    else:
        _say_closed(workplace, made)
    for one in written:
        tell(_("Written: {file}").format(file=one))
    if trouble is None:
        return 0
    if trouble.code == "closing.no_folder" and not copies:
        if closed is None:  # with the closing itself, and not again with each thing that follows it
            tell(_remark(trouble))
        return 0
    return complain(trouble, as_json=False)


def _followed(
    workplace: Workplace, made: Closing, report_number: str | None, day: date | None, signed: Path | None
) -> Closing:
    """Write beside the closing what may follow it."""
    if report_number is not None or day is not None:
        made = deeds.follow(workplace, made.period, number=report_number, signed_on=day)
    return made if signed is None else deeds.file_away(workplace, made.period, signed)


def _answers(accept: str | None, answers: Sequence[str]) -> list[Answer]:
    found: list[Answer] = []
    for one in answers:
        what, equals, text = one.partition("=")
        if not equals or not what.strip():
            raise InvalidInput("closing.answer_form", value=one)
        found.append(_answer(what.strip(), text))
    if accept is not None:
        found.append(_answer("", accept))
    return found


def _answer(what: str, text: str) -> Answer:
    said = " ".join(text.split())
    if not said:
        raise InvalidInput("closing.answer_empty", value=what or "--accept")
    return Answer(what, said)


def _read_day(text: str) -> date:
    try:
        return read_day(text)
    except ValueError as error:
        raise InvalidInput("form.date", column="signed_on", value=text) from error


def _copied(
    workplace: Workplace, period: Period, signed: Path | None, *, whole: bool
) -> tuple[list[Path], VcopsError | None]:
    """Write the copies; the closing stands, whatever becomes of them."""
    try:
        written = closing_copies.copy_out(workplace, period) if whole else []
        if signed is not None:
            written.append(closing_copies.copy_signed(workplace, period, signed))
    except (Conflict, StorageError) as error:
        return [], error
    return written, None


def _remark(error: VcopsError) -> str:
    from vcops.wording.errors import explain

    said = explain(error.code, error.params)
    return f"{said.message} {said.remedy}"


def _unfinished(error: Unfinished, as_json: bool) -> int:
    if as_json:
        document(gaps_object(error.found) | {"error": error_object(error)})
    else:
        _tell_gaps(error.found, error.left, as_json=False)
    return complain(error, as_json=False)


def _tell_gaps(found: Completeness, left: Sequence[Gap], as_json: bool) -> None:
    if as_json:
        document(closing_object(found.closing) if found.closing else gaps_object(found))
        return
    if found.closing is not None:
        say(_("{month} is closed already.").format(month=month_said(found.closing.month)))
        return
    if not left:
        say(_("Nothing is missing."))
        return
    for kind in dict.fromkeys(one.what for one in left):
        mine = [one for one in left if one.what == kind]
        say(f"{kind}: {gap_kind_name(kind)} ({number(len(mine))})")
        for one in mine[:_SHOWN]:
            say(f"  {short_day(as_date(one.local_day))}  {one.meeting_id[-6:]}  {one.title}")
        if len(mine) > _SHOWN:
            say(_("  and {number} more").format(number=number(len(mine) - _SHOWN)))


def _say_closed(workplace: Workplace, made: Closing) -> None:
    say(closed_words(made, directory.office(workplace).zone))
    say(f"{_(CODE_IS)}: {made.code}")
    say(f"SHA-256: {made.digest}")
    for one in answer_words(made.answers):
        say(f"- {one}")
    if made.number:
        say(_("Number of the report: {number}").format(number=made.number))
    if made.signing_date:
        say(_("Date of signing: {day}").format(day=short_day(made.signing_date)))
    if made.signed_sha256:
        say(_("Filed PDF (what is signed in it is not judged), SHA-256: {digest}").format(digest=made.signed_sha256))
