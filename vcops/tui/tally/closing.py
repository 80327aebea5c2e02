"""Closing a month from Tally: the line that says whether it is open, and the questions before it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from vcops.errors import Conflict, StorageError
from vcops.formats import number, rupiah
from vcops.locale import _, ngettext
from vcops.tui.dialogs.confirm import ConfirmDialog
from vcops.tui.dialogs.form import FieldSpec, FormDialog
from vcops.tui.plain import clean
from vcops.tui.widgets.sheet import Row, wrapped
from vcops.wording.closing import CODE_IS, gap_kind_name
from vcops.wording.savings import at_least
from vcops.wording.terms import period_name

if TYPE_CHECKING:
    from vcops.domain.adjustments import Corrected, CorrectedTotal
    from vcops.domain.closings import Answer, Seal
    from vcops.domain.completeness import Completeness
    from vcops.domain.periods import Period
    from vcops.domain.tally import Tally
    from vcops.tui.app import VcopsApp

__all__ = ["SealedLine", "after_lines", "ask_and_close", "sealed_words"]


class SealedLine(Widget):
    """One line: KONSEP and why, or the code of the closed month."""

    DEFAULT_CSS = "SealedLine { height: 1; margin: 0 0 1 0; }"

    state: reactive[Seal | None] = reactive(None)
    key: reactive[str] = reactive("x")

    def render(self) -> Content:
        """Draw the line."""
        return Content("") if self.state is None else Content.assemble(*sealed_words(self.state, self.key))


def sealed_words(state: Seal, key: str) -> list[tuple[str, str]]:
    """Return the line's parts with their styles."""
    closing, gap, muted = state.closing, ("  ", ""), "$text-muted"
    closed, draft = (_("CLOSED"), "bold $text-success"), (_("DRAFT"), "bold $text-warning")
    if closing is not None:
        corrected = [gap, (_("after correction"), "$text-warning")] if closing.corrected else []
        return [closed, gap, (closing.code, ""), *corrected]
    if state.whole:
        return [closed, gap, (_("every month"), muted)]
    if len(state.period.months) > 1:
        said = _("{closed} of {months} months are closed").format(
            closed=number(len(state.closings)), months=number(len(state.period.months))
        )
        return [draft, gap, (said, muted)]
    if not state.over:
        return [draft, gap, (_("the month goes on"), muted)]
    return [
        draft,
        gap,
        (_("not closed yet"), muted),
        ("   ", ""),
        (key, "bold $accent"),
        (" ", ""),
        (_("close it"), muted),
    ]


def after_lines(tally: Tally, width: int) -> list[Row]:
    """Return the figures after correction, and how many entries of other months were booked in the period."""
    lines: list[Row] = []
    if (after := tally.after) is not None:
        said = _("After correction: {meetings} meetings, {people} people").format(
            meetings=number(after.meetings), people=number(after.participants)
        )
        if after.lower_bound:
            said = _("{doubts}: a lower bound").format(doubts=said)
        lines += wrapped(said, width, "warn")
        for one in after.totals:
            lines += wrapped(f"  {one.tariff.id}, {one.year}: {_gross(one, after)}", width, "warn")
    if tally.booked_here:
        said = _("{count} entries of this period belong to earlier months and are in none of its figures.")
        lines += wrapped(said.format(count=number(len(tally.booked_here))), width, "dim")
    return lines


def _gross(one: CorrectedTotal, after: Corrected) -> str:
    return at_least(rupiah(one.gross), after.lower_bound) if one.valued else _("not counted")


async def ask_and_close(app: VcopsApp, period: Period, key_incomplete: str) -> bool:
    """List what is incomplete, take an answer for each kind, ask once more, close; False where it was left."""
    from vcops.domain.closings import Answer
    from vcops.operations import closing

    found = await app.in_store(closing.completeness, period)
    answers: list[Answer] = []
    if found.gaps:
        texts = await app.ask(_gaps_form(found, key_incomplete))
        if texts is None:
            return False
        answers = [Answer(what, " ".join(text.split())) for what, text in texts.items()]
    question = _("Close {period} for ever?").format(period=period_name(period))
    detail = _(
        "Meetings, head counts, tariffs and names of the month stay as they are now. Afterwards only a correction or a "
        "late entry in a later month changes its figures. A closed month is not opened again."
    )
    if not await app.ask(ConfirmDialog(question, detail=detail, yes=_("close the month"), no=_("leave it open"))):
        return False
    made = await app.in_store(closing.close, period, answers)
    app.say(f"{_(CODE_IS)}: {made.code}")
    await _copy(app, period)
    return True


def _gaps_form(found: Completeness, key: str) -> FormDialog:
    """Return the form that asks for a word on each kind of thing that lacks."""
    usual = {"reconciled": (_("no report from the provider"),), "end": (_("the end was not noted"),)}
    fields = [
        FieldSpec(
            what,
            _("Answer"),
            heading=ngettext("{count} meeting: {what}", "{count} meetings: {what}", count).format(
                count=number(count), what=gap_kind_name(what)
            ),
            required=True,
            suggestions=usual.get(what, ()),
            hint=usual.get(what, ("",))[0],
        )
        for what, count in found.kinds.items()
    ]
    detail = _(
        "Something lacks. Escape, then {key}, lists the meetings to be completed; or say here why it may stay so. The "
        "answers are printed on the report."
    )
    title = _("Close {period}").format(period=period_name(found.period))
    return FormDialog(title, fields, detail=detail.format(key=key), save=_("close the month"))


async def _copy(app: VcopsApp, period: Period) -> None:
    """Write the copies; the closing stands, whatever becomes of them."""
    from vcops.operations.closing_copies import copy_out

    try:
        written = await app.in_store(copy_out, period)
    except (Conflict, StorageError) as error:
        app.report(error)
    else:
        app.say(_("Copies written to {folder}").format(folder=clean(str(written[0].parent))))
