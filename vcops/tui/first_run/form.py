"""The first-run form. Skipping it loses nothing: Settings and Rooms ask for the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vcops.domain.people import ZONES
from vcops.locale import _
from vcops.operations import setup
from vcops.tui.dialogs.form import FieldSpec, FormDialog

if TYPE_CHECKING:
    from vcops.tui.app import VcopsApp

__all__ = ["first_run_form"]


def first_run_form(app: VcopsApp) -> FormDialog:
    """Return the form. It answers True, or None where it was skipped."""

    async def submit(texts: dict[str, str]) -> Any:
        await app.in_store(setup.set_up, texts)
        return True

    return FormDialog(
        _("Welcome to vcops"),
        _fields(app),
        submit=submit,
        detail=_("Nothing here is needed to begin; Settings (7) and Rooms (6) ask for it again later."),
        leave=_("skip"),
    )


def _fields(app: VcopsApp) -> list[FieldSpec]:
    workplace = app.workplace
    fields = [
        FieldSpec("office", _("Office"), hint=_("e.g. Dinas Komunikasi dan Informatika")),
        FieldSpec("zone", _("Time zone"), "WIB", choices=tuple((one, one) for one in ZONES)),
        FieldSpec("room", _("First room"), hint=_("e.g. Ruang Rapat Utama")),
        FieldSpec("who", _("Who works here"), workplace.who),
        FieldSpec("server", _("Server to measure against"), hint="https://.../backend/"),
        FieldSpec(
            "tariff",
            _("Tariff"),
            "none",
            choices=(("none", _("none yet")), ("kalbar-2020", _("Kalbar 2020 (example)")), ("typed", _("typed below"))),
            heading=_("What a meeting saves"),
        ),
        FieldSpec("travel", _("Travel, a meeting"), hint=_("Rp…, only with 'typed below'")),
        FieldSpec("catering", _("Catering, a meeting"), hint=_("Rp…, only with 'typed below'")),
    ]
    if setup.may_move_data(workplace):
        fields.append(
            FieldSpec(
                "data",
                _("Data folder"),
                "own",
                choices=(("own", _("my own")), ("machine", _("everyone on this machine"))),
                heading=_("Where the data lie; everyone's can be changed by every account"),
            )
        )
    return fields
