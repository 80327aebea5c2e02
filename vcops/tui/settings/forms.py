"""The forms of Settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from vcops.domain.evidence import KEEPING
from vcops.domain.people import PAPERS, ZONES, Office, Person, zone_short
from vcops.domain.platforms import PLATFORMS
from vcops.domain.signatories import Capacity, Signatory
from vcops.locale import _
from vcops.operations import directory, signatories, tariffs
from vcops.tui.dialogs.form import FieldSpec, FormDialog
from vcops.wording.evidence import keeping_name
from vcops.wording.signatories import capacity_name, part_name

if TYPE_CHECKING:
    from vcops.tui.app import VcopsApp

__all__ = ["office_form", "signatory_form", "tariff_form", "who_form"]


def who_form(current: str, names: Sequence[str]) -> FormDialog:
    """Ask who works here; the staff complete what is typed."""
    return FormDialog(
        _("Who works here"),
        [FieldSpec("who", _("Name"), current, suggestions=tuple(names), required=True)],
        detail=_("The journal names them with every change from now on."),
    )


def office_form(app: VcopsApp, office: Office, first: str = "name") -> FormDialog:
    """Ask for the office's facts and store them."""

    async def submit(texts: dict[str, str]) -> Any:
        return await app.in_store(directory.set_office, texts)

    return FormDialog(
        _("The office"),
        [
            FieldSpec("name", _("Name"), office.name, required=True),
            FieldSpec("address", _("Address"), office.address.replace("\n", ", ")),
            FieldSpec("place", _("Place of signing"), office.place, hint="Pontianak"),
            FieldSpec("zone", _("Time zone"), zone_short(office.zone), choices=tuple((one, one) for one in ZONES)),
            FieldSpec("measure_servers", _("Servers to measure"), " ".join(office.measure_servers), hint="https://..."),
            FieldSpec(
                "platform",
                _("Usual platform"),
                office.platform,
                suggestions=tuple(PLATFORMS),
                hint=_("zoom, teams, meet, or another's name"),
            ),
            FieldSpec("paper", _("Paper"), office.paper, choices=tuple((one, one.upper()) for one in PAPERS)),
            FieldSpec(
                "snapshots",
                _("Pictures kept"),
                office.snapshots,
                choices=tuple((one, keeping_name(one)) for one in KEEPING),
                heading=_("Pictures of camera checks, as evidence"),
            ),
            FieldSpec("snapshot_days", _("Days they are kept"), str(office.snapshot_days)),
        ],
        submit=submit,
        first=first,
    )


def signatory_form(app: VcopsApp, part: str, known: Signatory | None, staff: Sequence[Person]) -> FormDialog:
    """Ask who signs there; an empty name lets nobody be set. The staff complete what is typed."""

    async def submit(texts: dict[str, str]) -> Any:
        if not texts["name"]:
            await app.in_store(signatories.clear, part)
            return True
        return await app.in_store(signatories.put, part, texts)

    one = known or Signatory()
    return FormDialog(
        part_name(part),
        [
            FieldSpec("name", _("Name"), one.name, suggestions=tuple(each.name for each in staff)),
            FieldSpec("nip", _("NIP"), one.nip, hint=_("empty: as among the staff")),
            FieldSpec("position", _("Position"), one.position, hint=_("empty: as among the staff")),
            FieldSpec(
                "capacity",
                _("Signs"),
                one.capacity.value,
                choices=tuple((each.value, capacity_name(each)) for each in Capacity),
            ),
            FieldSpec("principal", _("On behalf of"), one.principal, hint=_("only for a.n.: Kepala Dinas")),
        ],
        submit=submit,
        detail=_("Printed below every report and record. An empty name leaves the place blank."),
    )


def tariff_form(app: VcopsApp, offered: Sequence[tuple[str, str]]) -> FormDialog:
    """Ask for a tariff of the handbook (id, title), or for the office's own amounts, and adopt it."""

    async def submit(texts: dict[str, str]) -> Any:
        if texts["tariff"] == "typed":
            return await app.in_store(tariffs.type_in, {key: texts[key] for key in texts if key != "tariff"})
        return await app.in_store(tariffs.adopt, texts["tariff"])

    return FormDialog(
        _("The office's tariff"),
        [
            FieldSpec("tariff", _("Tariff"), choices=(*offered, ("typed", _("typed below")))),
            FieldSpec("title", _("Title"), heading=_("The office's own")),
            FieldSpec("basis", _("Basis"), hint=_("the regulation or decision it rests on")),
            FieldSpec("method", _("Counted"), "flat", choices=(("flat", _("a meeting")), ("per_head", _("a person")))),
            FieldSpec("travel", _("Travel"), hint="Rp…"),
            FieldSpec("catering", _("Catering"), hint="Rp…"),
        ],
        submit=submit,
        save=_("adopt"),
    )
