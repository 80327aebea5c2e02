"""The forms of Settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from vcops.domain.evidence import KEEPING
from vcops.domain.people import ZONES, Office, zone_short
from vcops.locale import _
from vcops.operations import directory, tariffs
from vcops.tui.dialogs.form import FieldSpec, FormDialog
from vcops.wording.evidence import keeping_name

if TYPE_CHECKING:
    from vcops.tui.app import VcopsApp

__all__ = ["office_form", "tariff_form", "who_form"]


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
            FieldSpec("platform", _("Usual platform"), office.platform, suggestions=("zoom", "teams", "meet")),
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
