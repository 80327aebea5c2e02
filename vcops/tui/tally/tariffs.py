"""The tariff dialog: adopt one of the handbook's, type the office's own, or try one for this view only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from vcops.domain.adoptions import Adoption
from vcops.domain.periods import as_date
from vcops.errors import InvalidInput
from vcops.formats import read_day, rupiah, short_day
from vcops.locale import N_, _, language
from vcops.operations import tariffs
from vcops.tui.dialogs.base import Dialog, hint
from vcops.tui.dialogs.form import FieldSpec, FormDialog
from vcops.tui.place import asks, deed
from vcops.tui.plain import Cell
from vcops.tui.tally.summary import basis_line
from vcops.tui.widgets.sheet import Row, Sheet, across, wrapped
from vcops.tui.widgets.table import Column, Line, Table
from vcops.wording.savings import eligibility_lines
from vcops.wording.terms import tariff_method_name, unit_word

if TYPE_CHECKING:
    from vcops.operations.tariffs import TariffLine
    from vcops.operations.workplace import Workplace

__all__ = ["TariffAnswer", "TariffDialog", "adoption_form", "typing_form"]

_PER = {"meeting": N_("a meeting"), "participant": N_("a participant"), "traveller": N_("a traveller")}


@dataclass(frozen=True, slots=True)
class TariffAnswer:
    """Which tariff to try; empty: those in force."""

    tried: str


class TariffDialog(Dialog[TariffAnswer]):
    """Lists the tariffs with what they say. Answers which one to try; None where none was chosen for that."""

    DEFAULT_CSS = """
    TariffDialog {
        & > .panel { width: 84; }
        Table { height: auto; max-height: 8; background: $panel; }
        Sheet { margin: 1 0 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "type_in", show=False),
        Binding("w", "try_out", show=False),
    ]

    table = getters.query_one(Table)
    sheet = getters.query_one(Sheet)

    def __init__(self, tried: str = "") -> None:
        """`tried` is the tariff that is being tried at the moment."""
        super().__init__()
        self._tried = tried
        self._lines: dict[str, TariffLine] = {}

    def compose(self) -> ComposeResult:
        """Build the list and the space for what the tariff under the cursor says."""
        with Vertical(classes="panel"):
            yield Static(_("Tariffs"), classes="title")
            yield Table([Column(share=1), Column(width=4, right=True), Column(width=30)])
            yield Sheet()
            yield hint(
                ("Enter", _("adopt")),
                ("n", _("type one's own")),
                ("w", _("try, nothing is stored")),
                ("Esc", _("close")),
            )

    def on_mount(self) -> None:
        """Read them."""
        self.table.focus()
        self._fill()

    @deed
    async def _fill(self) -> None:
        found = await self.app.in_store(tariffs.listing)
        self._lines = {one.tariff.id: one for one in found}
        self.table.show(
            Line(name, (one.tariff.title.said(language()), str(one.tariff.year), self._standing(one)))
            for name, one in self._lines.items()
        )
        self._explain()

    def _standing(self, line: TariffLine) -> Cell:
        if line.tariff.id == self._tried:
            return Cell(_("being tried"), "warn")
        if line.adopted:
            return Cell(_days(line.adopted[-1]), "good" if line.in_force else "dim")
        return Cell(_("example") if line.tariff.example else _("not adopted"), "dim")

    def on_table_moved(self) -> None:
        """Say what the tariff under the cursor holds."""
        self._explain()

    def _explain(self) -> None:
        line = self._lines.get(self.table.current or "")
        self.sheet.show(
            lambda width: _told(line, width) if line else wrapped(_("The handbook holds no tariff yet."), width)
        )

    # -- commands ---------------------------------------------------------------------------------------------

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Adopt the tariff under the cursor."""
        event.stop()
        self._adopt(event.key)

    @asks
    async def _adopt(self, name: str) -> None:
        line = self._lines[name]

        async def submit(texts: dict[str, str]) -> Adoption:
            return await self.app.in_store(tariffs.adopt, name, _start(texts))

        adoption = await self.app.ask(adoption_form(line, submit))
        if adoption is not None:
            self._stored(adoption)

    @asks
    async def action_type_in(self) -> None:
        """Type the office's own."""

        async def submit(texts: dict[str, str]) -> Adoption:
            return await self.app.in_store(_type_in, texts)

        adoption = await self.app.ask(typing_form(submit))
        if adoption is not None:
            self._stored(adoption)

    def _stored(self, adoption: Adoption) -> None:
        self.app.say(
            _("{tariff} holds from {day}.").format(
                tariff=adoption.tariff.title.said(language()), day=short_day(as_date(adoption.valid_from))
            )
        )
        self.dismiss(TariffAnswer(""))

    def action_try_out(self) -> None:
        """Try the tariff under the cursor; on the one that is tried already, stop."""
        if name := self.table.current:
            self.dismiss(TariffAnswer("" if name == self._tried else name))


def adoption_form(line: TariffLine, submit: object) -> FormDialog:
    """Return the form that asks from which day on a tariff holds."""
    tariff = line.tariff
    warning = _("This is an example: another office's figures. ") if tariff.example else ""
    return FormDialog(
        _("Adopt {tariff}").format(tariff=tariff.title.said(language())),
        [FieldSpec("valid_from", _("In force from"), hint=_("empty: 1 January, or today after a first one"))],
        submit=submit,  # type: ignore[arg-type]
        detail=warning + _("The one before it ends the day before. Reports of earlier days keep theirs."),
        save=_("adopt"),
    )


def typing_form(submit: object) -> FormDialog:
    """Return the form of the office's own tariff."""
    return FormDialog(
        _("The office's own tariff"),
        [
            FieldSpec("title", _("Name"), required=True, hint=_("e.g. Standar Biaya Umum 2026")),
            FieldSpec("basis", _("Basis"), required=True, hint=_("the regulation, or what it rests on")),
            FieldSpec("method", _("Counted"), "flat", choices=(("flat", _("a meeting")), ("per_head", _("a head")))),
            FieldSpec("travel", _("Travel"), hint="Rp…"),
            FieldSpec("catering", _("Catering"), hint="Rp…"),
            FieldSpec("own_cost", _("Own cost a month"), hint=_("licence and link; Rp…")),
            FieldSpec("valid_from", _("In force from"), hint=_("empty: 1 January, or today after a first one")),
        ],
        submit=submit,  # type: ignore[arg-type]
        detail=" ".join(
            (
                _("Every total is printed with this name and basis. Rp15. 000. 000,- and 2,3 miliar are understood."),
                _("Items with rules of eligibility: vcops tariff new ID."),
            )
        ),
    )


def _type_in(workplace: Workplace, texts: Mapping[str, str]) -> Adoption:
    return tariffs.type_in(workplace, texts, _start(texts))


def _start(texts: Mapping[str, str]) -> date | None:
    text = texts.get("valid_from", "").strip()
    if not text:
        return None
    try:
        return read_day(text)
    except ValueError as error:
        raise InvalidInput("tariff.bad_day", column="valid_from", value=text) from error


def _days(adoption: Adoption) -> str:
    first = short_day(as_date(adoption.valid_from))
    if adoption.valid_to is None:
        return _("in force from {day}").format(day=first)
    return _("{first} to {last}").format(first=first, last=short_day(as_date(adoption.valid_to)))


def _told(line: TariffLine, width: int) -> list[Row]:
    """Return the lines that say what a tariff holds: method, basis, rates, and what it does not value."""
    tariff = line.tariff
    lines: list[Row] = [[Cell(tariff_method_name(tariff.method), "dim")], *wrapped(basis_line(tariff), width, "dim")]
    lines += [
        across(
            width,
            [Cell(one.title.said(language()))],
            [Cell(f"  {rupiah(one.amount)}"), Cell(f" {_(_PER[one.per]):<12}", "dim")],
        )
        for one in tariff.components
    ]
    lines += [
        across(width, [Cell(_("Own cost: {name}").format(name=one.title.said(language())), "dim")],
               [Cell(f"  {rupiah(one.amount)}"), Cell(f" {unit_word(one.per, 1):<12}", "dim")])
        for one in tariff.own_costs
    ]  # fmt: skip
    for rule in eligibility_lines(tariff):
        lines += wrapped(rule, width, "dim")
    if tariff.not_counted:
        names = ", ".join(one.title.said(language()) for one in tariff.not_counted)
        lines += wrapped(_("not counted: {names}").format(names=names), width, "dim")
    return lines
