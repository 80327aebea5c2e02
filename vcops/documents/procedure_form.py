"""A procedure in its official form (PermenPANRB 35/2012) and as a pocket checklist: what stands on both, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from vcops.documents.letter import around
from vcops.documents.press import Press
from vcops.domain.people import PAPERS, Office, PaperSize
from vcops.domain.procedures import Cover, Gate, Phase, Procedure, Step
from vcops.domain.texts import Text
from vcops.formats import paper_day
from vcops.locale import _, language
from vcops.wording.procedures import condition_words, deadline_words, duration_words

__all__ = ["FormRow", "PrintedProcedure", "form_rows", "pocket_pdf", "procedure_pdf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One row of the official table.

    `shape`: `end` (a capsule: it begins or ends there), `box`, `decision`; `phase` heads a stretch and has no shape.
    `columns` are the executors' places, from 0; `back` is the number of the row that a decision goes back to.
    """

    shape: str
    title: str
    number: str = ""
    columns: tuple[int, ...] = ()
    needs: tuple[str, ...] = ()
    time: str = ""
    output: str = ""
    remarks: tuple[str, ...] = ()
    back: str = ""


@dataclass(frozen=True, slots=True)
class PrintedProcedure:
    """A procedure, whose it is, and the day it is printed, which counts where the cover bears no date."""

    procedure: Procedure
    office: Office
    day: date
    demo: bool = False

    @property
    def dated(self) -> date:
        """The newest date on the cover, else the day of printing."""
        cover = self.procedure.cover
        return max((day for day in (cover.made, cover.revised, cover.effective) if day), default=self.day)


def procedure_pdf(press: Press, printed: PrintedProcedure, size: PaperSize = "a4") -> bytes:
    """Return the official form: the cover, and the table with its flow. What the cover does not state is left blank.

    Raises InvalidInput for a faulty template of the office's.
    """
    procedure = printed.procedure
    height, width = PAPERS[size]  # on its side
    data = {
        **_head(printed),
        "width": width,
        "height": height,
        "cover": _cover(procedure),
        "lists": _lists(procedure.cover),
        "executors": [_said(one.title) for one in procedure.executors],
        "rows": [asdict(row) for row in form_rows(procedure)],
        "words": around() | _form_words(),
    }
    return press.pdf("sop", data, dated=printed.dated)


def pocket_pdf(press: Press, printed: PrintedProcedure) -> bytes:
    """Return the checklist for the pocket: one page, a box to tick a step, by when in words."""
    procedure = printed.procedure
    data = {
        **_head(printed),
        "phases": [_pocket_phase(procedure, phase) for phase in procedure.phases],
        "words": around() | {
            "meeting": _("Meeting"), "day": _("Day and time"), "room": _("Room"), "name": _("Checked by"),
        },
    }  # fmt: skip
    return press.pdf("pocket", data, dated=printed.dated)


def form_rows(procedure: Procedure) -> list[FormRow]:
    """Return the rows of the table: each phase's heading, its steps, its decision."""
    places = {one.id: place for place, one in enumerate(procedure.executors)}
    rows: list[FormRow] = []
    first_of: dict[str, str] = {}
    number = 0
    for phase in procedure.phases:
        rows.append(FormRow(shape="phase", title=_said(phase.title)))
        first_of[phase.id] = str(number + 1)
        for step in phase.steps:
            number += 1
            rows.append(_step_row(procedure, step, number, [places[one] for one in step.executors]))
        if phase.gate:
            number += 1
            awaited = procedure.phases_before(phase.gate.id)
            columns = [places[one] for one in phase.gate.executors] or [rows[-1].columns[-1]]
            rows.append(_gate_row(procedure, phase.gate, number, columns, first_of[awaited[0].id]))
    return list(_with_ends(rows))


def _with_ends(rows: Sequence[FormRow]) -> Iterator[FormRow]:
    """Yield the rows with a capsule where the flow begins and where it ends: after a last decision one of its own."""
    steps = [place for place, row in enumerate(rows) if row.shape != "phase"]
    for place, row in enumerate(rows):
        ends = place in (steps[0], steps[-1]) and not row.back
        yield replace(row, shape="end") if ends else row
    if rows[-1].back:
        yield FormRow(shape="end", title=_("Finished"), columns=rows[-1].columns)


def _step_row(procedure: Procedure, step: Step, number: int, columns: Iterable[int]) -> FormRow:
    chosen = step.record is not None and step.record.kind == "choice"
    due = deadline_words(step.deadline, procedure.counts_from)
    remarks = (
        _said(step.remarks) if step.remarks else "",
        _("By: {when}.").format(when=due) if due else "",
        _sentence(condition_words(step)),
        "" if step.required else _("Optional."),
    )
    return FormRow(
        shape="decision" if chosen else "box",
        title=_said(step.title),
        number=str(number),
        columns=tuple(columns),
        needs=_texts(step.needs),
        time=duration_words(step.minutes),
        output=_said(step.output) if step.output else "",
        remarks=tuple(one for one in remarks if one),
    )


def _gate_row(procedure: Procedure, gate: Gate, number: int, columns: Iterable[int], back: str) -> FormRow:
    due = deadline_words(gate.deadline, procedure.counts_from)
    remarks = (
        _("By: {when}.").format(when=due) if due else "",
        _("No: mend the steps in the way and decide again, or go on with a written reason."),
    )
    return FormRow(
        shape="decision",
        title=_said(gate.title),
        number=str(number),
        columns=tuple(columns),
        needs=(_("Results of the steps before"),),
        output=_("Decision with its reason"),
        remarks=tuple(one for one in remarks if one),
        back=back,
    )


def _head(printed: PrintedProcedure) -> dict[str, object]:
    return {
        "office": printed.office.name,
        "address": printed.office.address,
        "title": _said(printed.procedure.title),
        "version": _("Version {version}").format(version=printed.procedure.version),
        "marks": [_("EXAMPLE: not the data of any office")] if printed.demo else [],
    }


def _cover(procedure: Procedure) -> dict[str, object]:
    cover = procedure.cover
    by = cover.approved_by
    dates = ((_("Date made"), cover.made), (_("Date revised"), cover.revised), (_("Date effective"), cover.effective))
    return {
        "rows": [
            (_("SOP number"), cover.number),
            *((label, paper_day(day) if day else "") for label, day in dates),
        ],
        "approved": _("Approved by"),
        "position": by.position if by else "",
        "name": by.name if by else "",
        "nip": by.nip if by else "",
        "named": _("Name of the SOP"),
    }


def _lists(cover: Cover) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (_("Legal basis"), _texts(cover.legal_basis)),
        (_("Qualification of the executors"), _texts(cover.qualification)),
        (_("Links to other SOPs"), _texts(cover.related)),
        (_("Equipment"), _texts(cover.equipment)),
        (_("Warnings"), _texts(cover.warnings)),
        (_("Recording and data"), _texts(cover.recording)),
    ]


def _form_words() -> dict[str, str]:
    return {
        "no": _("No."), "activity": _("Activity"), "executors": _("Executors"), "quality": _("Quality standard"),
        "needs": _("Inputs"), "time": _("Time"), "output": _("Output"), "remarks": _("Remarks"),
        "yes": _("Yes"), "not": _("No"), "flow": _("Procedure and flow"),
        "legend_end": _("start or end"), "legend_box": _("activity"), "legend_decision": _("decision"),
        "legend_arrow": _("direction"), "legend_link": _("goes on, on another page"),
        "legend": _("Symbols"),
    }  # fmt: skip


def _pocket_phase(procedure: Procedure, phase: Phase) -> dict[str, object]:
    steps = [
        {
            "title": _said(step.title),
            "due": deadline_words(step.deadline, procedure.counts_from),
            "note": "; ".join(one for one in (condition_words(step), "" if step.required else _("optional")) if one),
        }
        for step in phase.steps
    ]
    gate = phase.gate
    decision = None
    if gate:
        title = _("Decision: {title}").format(title=_said(gate.title))
        decision = {"title": title, "due": deadline_words(gate.deadline, procedure.counts_from)}
    return {"title": _said(phase.title), "steps": steps, "decision": decision}


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _texts(texts: Iterable[Text]) -> tuple[str, ...]:
    return tuple(_said(one) for one in texts)


def _said(text: Text) -> str:
    return text.said(language())
