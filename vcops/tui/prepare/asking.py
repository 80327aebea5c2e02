"""What a walk asks for: a reason, a note, a record, a decision's reason, a camera or a server."""

from __future__ import annotations

from collections.abc import Sequence

from vcops.domain.platforms import PLATFORMS
from vcops.domain.procedures import Record, Step
from vcops.domain.runs import Run
from vcops.domain.texts import Text
from vcops.locale import N_, _, language
from vcops.tui.dialogs.form import FieldSpec, FormDialog, Submit
from vcops.tui.dialogs.pick import PickDialog
from vcops.tui.dialogs.reason import ReasonDialog
from vcops.tui.prepare.override import OverrideDialog
from vcops.tui.prepare.signs import remedy_words
from vcops.tui.prepare.walked import Walked

__all__ = [
    "FIELD", "attach_dialog", "choice_dialog", "chosen_remedy", "executor_dialog", "fail_dialog", "note_dialog",
    "override_dialog", "record_dialog",
    "refusal_dialog", "skip_dialog", "source_dialog",
]  # fmt: skip

FIELD = "value"
"""The one field of a record's form; what is typed into the others has its own name."""
_SKIPPED = (
    N_("Not needed for this meeting"),
    N_("This room has none"),
    N_("Did not happen"),
    N_("Someone else has already done it"),
    N_("Not enough time"),
)
_FAILED = (
    N_("The device is broken"),
    N_("The device is missing"),
    N_("It does not work, the cause is not known yet"),
    N_("The person who has to do it is not here"),
)
_OVERRIDDEN = (
    N_("A tested spare stands ready"),
    N_("It does not matter for this meeting"),
    N_("It is being mended and will be ready in time"),
    N_("The person in charge decided to go ahead"),
)
_REFUSED = (
    N_("The person in charge has called it off"),
    N_("Something is wrong that no step asks for"),
    N_("The room is not free"),
    N_("Whoever has to run it is not here"),
)


def _usual(offices: Sequence[Text], ours: Sequence[str]) -> list[str]:
    """Return the office's usual reasons, where its procedure names any, else the program's."""
    return [one.said(language()) for one in offices] or [_(one) for one in ours]


def skip_dialog(walked: Walked, step: Step, typed: str = "") -> ReasonDialog:
    """Ask why a step is skipped. `typed` is what could not be stored before, here and below."""
    detail = _("A required step that was skipped holds the decision up.") if step.required else ""
    title = _("Skip: {step}").format(step=step.title.said(language()))
    return ReasonDialog(title, _usual(walked.run.procedure.reasons.skipped, _SKIPPED), detail=detail, typed=typed)


def fail_dialog(walked: Walked, step: Step, typed: str = "") -> ReasonDialog:
    """Ask why a step failed."""
    title = _("Failed: {step}").format(step=step.title.said(language()))
    return ReasonDialog(title, _usual(walked.run.procedure.reasons.failed, _FAILED), typed=typed)


def override_dialog(walked: Walked, blockers: int, name: str, typed: str = "") -> OverrideDialog:
    """Ask who goes ahead in spite of what stands in the way, and why."""
    detail = _("What stands in the way ({count}) is kept with the decision.").format(count=blockers)
    usual = _usual(walked.run.procedure.reasons.overridden, _OVERRIDDEN)
    return OverrideDialog(_("Ready with a note: for what reason?"), usual, detail=detail, name=name, typed=typed)


def refusal_dialog(walked: Walked, blockers: int, name: str, typed: str = "") -> OverrideDialog:
    """Ask who decides that the room is not ready, and why: what stands in the way is the first reason."""
    usual = _usual(walked.run.procedure.reasons.refused, _REFUSED)
    if blockers:
        usual = [_("What stands in the way has to be mended first"), *usual][:9]
    detail = _("The room is not given free. Once it is mended, decide anew at the same place.")
    return OverrideDialog(_("Not ready: for what reason?"), usual, detail=detail, name=name, typed=typed)


def executor_dialog(name: str, known: Sequence[str]) -> FormDialog:
    """Ask who carries out this walk."""
    field = FieldSpec(FIELD, _("Name"), name, suggestions=tuple(known), required=True)
    detail = _("Every answer in this walk is signed with this name, until another is given. It is remembered for it.")
    return FormDialog(_("Carried out by"), [field], detail=detail)


def attach_dialog(step: Step, submit: Submit) -> FormDialog:
    """Ask for a file that shows that a step was done."""
    title = _("Attach: {step}").format(step=step.title.said(language()))
    detail = _("The file stays where it is. Its path, size and SHA-256 are kept, so that a change is noticed.")
    field = FieldSpec("file", _("File or photo"), required=True, hint=_("where the file lies"))
    return FormDialog(title, [field], submit=submit, detail=detail, save=_("attach"))


def note_dialog(step: Step, typed: str = "") -> FormDialog:
    """Ask for a note that is kept with the answer."""
    return FormDialog(
        _("Done, with a note: {step}").format(step=step.title.said(language())),
        [FieldSpec("note", _("Note"), typed, required=True)],
    )


def choice_dialog(step: Step, *, said: str = "") -> PickDialog:
    """Ask for one of a step's choices.

    `said` stands above them, or the step's instruction; at what was played just now, how to hear it once more. The
    cursor begins on none of them: Enter alone is no evidence.
    """
    assert step.record is not None
    record, tongue = step.record, language()
    instruction = step.instruction.said(tongue) if step.instruction else ""
    return PickDialog(
        record.label.said(tongue) if record.label else step.title.said(tongue),
        [(one.id, one.said(tongue)) for one in record.choices],
        detail=said or (_("Esc and then Enter plays it once more.") if record.plays else instruction),
        untouched=True,
    )


def record_dialog(walked: Walked, step: Step, submit: Submit, *, note: bool) -> FormDialog:
    """Ask for what is recorded at a step; what is wrong with it is said inside the form."""
    assert step.record is not None
    record, tongue = step.record, language()
    hints = {"number": _("a number"), "score": _("1 to 5"), "file": _("where the file lies")}
    attempt = walked.run.counting(step.id)
    known = _known(walked, record)
    unchosen = (("", _("not chosen yet")),) if record.choices and not attempt else ()
    field = FieldSpec(
        FIELD,
        record.label.said(tongue) if record.label else _("Value"),
        value=attempt.value if attempt else known,
        choices=(*unchosen, *((one.said("id"), one.said(tongue)) for one in record.choices)),
        required=True,
        hint=hints.get(record.kind, ""),
    )
    fields = [field, FieldSpec("note", _("Note"))] if note else [field]
    detail = step.instruction.said(tongue) if step.instruction else ""
    if known and not attempt and not note:  # with a note Enter goes on to that
        detail = "\n".join(
            filter(None, [detail, _("The room's own data say {value}: Enter takes it.").format(value=known)])
        )
    return FormDialog(step.title.said(tongue), fields, submit=submit, detail=detail)


def _known(walked: Walked, record: Record) -> str:
    """Return what the room's own data say of what is asked, for Enter to take; empty where they do not."""
    seats = walked.room.seats if walked.room and record.metric == "seats_count" else None
    return str(seats) if seats else ""


def chosen_remedy(run: Run, step: Step) -> str:
    """Return what is to be done after the choice that counts at a step; empty where nothing is."""
    attempt = run.counting(step.id)
    return remedy_words(step, attempt) if attempt else ""


def source_dialog(walked: Walked, step: Step, named: str, submit: Submit) -> FormDialog:
    """Ask what a step is measured with. `named` is what is named now, fit to be shown."""
    assert step.check is not None
    room = walked.room.name if walked.room else ""
    remembered = _("It is remembered for {room}.").format(room=room) if room else _("It is used for this time.")
    suggestions: tuple[str, ...] = ()
    if step.check.instrument == "camera":
        from vcops.tui.prepare.camera_dialog import CameraDialog

        return CameraDialog(walked.room, named, submit, field=FIELD, detail=remembered)
    if step.check.instrument == "platform":
        title, label, hint = _("Meeting platform"), _("Platform"), ", ".join(PLATFORMS)
        detail, remembered = _("A known name, a host or an address."), _("It is remembered for the office.")
        suggestions = tuple(PLATFORMS)
    else:
        title, label, hint = _("Server to measure against"), _("Address"), "https://…"
        detail = _("The folder that holds garbage.php and empty.php (LibreSpeed).")
    field = FieldSpec(FIELD, label, named, suggestions=suggestions, required=True, hint=hint)
    return FormDialog(title, [field], submit=submit, detail=f"{detail} {remembered}", save=_("save"))
