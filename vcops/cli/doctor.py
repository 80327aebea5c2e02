"""`vcops doctor`: what works on this machine and what does not."""

from __future__ import annotations

import click

from vcops.cli.forms import as_json as json_option
from vcops.cli.output import document, error_object, say, tell
from vcops.locale import N_, _
from vcops.operations.doctor import Finding, examine
from vcops.operations.workplace import Workplace
from vcops.wording.doctor import finding_text
from vcops.wording.errors import explain

__all__ = ["doctor"]

_SIGNS = {"ok": N_("works"), "warn": N_("look here"), "fail": N_("broken")}


@click.command(help=_("What works on this machine and what does not. Changes nothing, reaches for no network."))
@json_option
@click.pass_obj
def doctor(workplace: Workplace, as_json: bool) -> int:
    """Look at everything; the status is that of the worst fault."""
    findings = examine(workplace)
    broken = [one for one in findings if one.state == "fail"]
    if as_json:
        document([_object(one) for one in findings])
    else:
        width = max(len(_(word)) for word in _SIGNS.values()) + 2
        for one in findings:
            say(f"{'[' + _(_SIGNS[one.state]) + ']':<{width}}  {_said(one)}")
    if not broken:
        return 0
    tell(
        _("vcops: {number} things are broken here; nothing was changed. See the lines above.").format(
            number=len(broken)
        )
    )
    return max((one.error.exit_status if one.error else 1) for one in broken)


def _said(finding: Finding) -> str:
    if finding.error is None:
        return finding_text(finding.subject, finding.params)
    said = explain(finding.error.code, finding.error.params)
    return f"{said.message} {said.remedy}".strip()


def _object(finding: Finding) -> dict[str, object]:
    error = error_object(finding.error) if finding.error else None
    return {
        "id": finding.subject.removeprefix("doctor."), "state": finding.state, "message": _said(finding), "error": error
    }  # fmt: skip
