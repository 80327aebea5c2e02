"""What goes wrong while a procedure is walked."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "run.unknown": (
        N_("There is no run {value}."),
        N_("List them with: vcops run status."),
    ),
    "run.short_tail": (
        N_("{value} is too short to name a run."),
        N_("Give at least the last {least} characters of its id; list them with: vcops run status."),
    ),
    "run.ambiguous": (
        N_("More than one run ends in {value}; nothing was changed."),
        N_("Give more characters of its id."),
    ),
    "run.frozen_changed": (
        N_("The procedure kept with run {run} was altered in the database after the run had started."),
        N_("Run: vcops journal --verify. Then restore a backup, or start a new run."),
    ),
    "run.closed": (
        N_("This run is closed; nothing was stored."),
        N_("Start a new run, or take its last answer back with: vcops run undo."),
    ),
    "run.unknown_step": (
        N_("The procedure has no step {value}; nothing was stored."),
        N_("Its steps are: {expected}."),
    ),
    "run.unknown_step_near": (
        N_("The procedure has no step {value}; nothing was stored."),
        N_("Did you mean {nearest}? Its steps are: {expected}."),
    ),
    "run.step_not_applicable": (
        N_("The step {value} does not apply to this meeting; nothing was stored."),
        N_("It was left out when the run started; go on with the next step."),
    ),
    "run.unknown_gate": (
        N_("The procedure has no decision {value}; nothing was stored."),
        N_("Its decisions are: {expected}."),
    ),
    "run.no_gate": (
        N_("Every decision of this run has been taken."),
        N_("Name one with --gate to decide again."),
    ),
    "run.earlier_gate": (
        N_("The decision {gate} comes first and is not ready; nothing was stored."),
        N_("Decide that one first."),
    ),
    "run.skip_reason": (
        N_("Skipping the step {step} needs a reason; nothing was stored."),
        N_("Say why it is skipped."),
    ),
    "run.override_reason": (
        N_("A decision READY WITH A NOTE needs a reason; nothing was stored."),
        N_("Say why."),
    ),
    "run.refusal_reason": (
        N_("A decision NOT READY that somebody takes needs a reason; nothing was stored."),
        N_("Say why."),
    ),
    "run.both_ways": (
        N_("READY WITH A NOTE and NOT READY are two decisions; nothing was stored."),
        N_("Choose one: --override or --not-ready."),
    ),
    "run.must_be_measured": (
        N_("The step {step} is measured, so it cannot be confirmed by hand; nothing was stored."),
        N_("Run its check, or skip it with a reason and decide READY WITH A NOTE."),
    ),
    "run.not_a_check": (
        N_("The step {step} is not measured by this program; nothing was stored."),
        N_("Answer it by hand with: vcops run step."),
    ),
    "run.other_check": (
        N_("This measurement ({check}) is not the one that the step {step} asks for; nothing was stored."),
        N_("Run the step's own check."),
    ),
    "run.value_needed": (
        N_("The step {step} is recorded and lacks its value; nothing was stored."),
        N_("Fill in what was found."),
    ),
    "run.value_unasked": (
        N_("The step {step} records no value; nothing was stored."),
        N_("Write it as a note instead."),
    ),
    "run.not_a_number": (
        N_("{value} is not a number; nothing was stored."),
        N_("Type digits, such as 12."),
    ),
    "run.out_of_range": (
        N_("{value} cannot be right here; nothing was stored."),
        N_("Type a number from {lowest} to {highest}."),
    ),
    "run.too_low": (
        N_("{value} cannot be right here; nothing was stored."),
        N_("Type {lowest} or more."),
    ),
    "run.not_a_score": (
        N_("{value} is not a score; nothing was stored."),
        N_("Type a whole number from {lowest} to {highest}."),
    ),
    "run.not_a_choice": (
        N_("{value} is not among the choices; nothing was stored."),
        N_("Choose one of: {expected}."),
    ),
    "run.nothing_to_undo": (
        N_("There is no answer left to take back."),
        "",
    ),
    "run.not_ready": (
        N_("Not ready; the decision was kept. In the way: {steps}."),
        N_("See to these steps and decide again, or decide READY WITH A NOTE: --override --reason."),
    ),
    "run.refused": (
        N_("It was decided NOT READY, and why is recorded."),
        N_("Once that is mended, decide again: vcops run gate RUN."),
    ),
    "run.attachment_missing": (
        N_("The file {file} cannot be read: {said}; nothing was stored."),
        N_("Check its name."),
    ),
    "run.no_answer": (
        N_("The answer to the step is missing; nothing was stored."),
        N_("Give one of --done, --fail and --skip."),
    ),
}
