"""What is wrong with a file of the handbook. Every sentence begins with the place, so that it can be gone to."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

_KEEP = N_("Correct the file; until then it is left out, and what ships stays in force.")

SENTENCES: dict[str, tuple[str, str]] = {
    "handbook.unreadable": (N_("{file} cannot be read: {said}."), N_("Check that the file exists and may be read.")),
    "handbook.too_large_file": (
        N_("{file} is larger than {most} kB and was not read."),
        N_("A procedure takes some 60 kB; check that it is the right file."),
    ),
    "handbook.not_unicode": (
        N_("{file}, line {line}, column {column}: this is not UTF-8 text."),
        N_("Save the file as UTF-8."),
    ),
    "handbook.tab": (
        N_("{file}, line {line}, column {column}: a tab stands where YAML wants blanks."),
        N_("Write blanks instead of the tab; an editor can be told to do so by itself."),
    ),
    "handbook.not_yaml": (
        N_("{file}, line {line}, column {column}: this is not valid YAML ({said})."),
        N_(
            "Look for a missing colon, quote or bracket, or an indentation that differs, on this line or the one above."
        ),
    ),
    "handbook.strange_character": (
        N_("{file}, line {line}, column {column}: the character {character} may not stand in YAML."),
        N_("Delete it."),
    ),
    "handbook.empty_file": (
        N_("{file} is empty."),
        N_("Write one document under procedure, standard, tariff or platform."),
    ),
    "handbook.several_documents": (
        N_("{file}, line {line}, column {column}: a second document begins here."),
        N_("Put each document into a file of its own."),
    ),
    "handbook.too_deep": (
        N_("{file}, line {line}, column {column}: nested deeper than {most} levels."),
        N_("Check the indentation."),
    ),
    "handbook.too_many_values": (
        N_("{file}, line {line}, column {column}: more than {most} values, aliases written out."),
        N_("Write the document without aliases."),
    ),
    "handbook.alias": (
        N_("{file}, line {line}, column {column}: the alias *{name} refers to nothing, or to itself."),
        N_("Write the value out."),
    ),
    "handbook.tag": (
        N_("{file}, line {line}, column {column}: the tag {tag} is not allowed."),
        N_("Remove it; plain text, numbers, lists and mappings are enough."),
    ),
    "handbook.key_not_text": (
        N_("{file}, line {line}, column {column}: a list or a mapping cannot be a key."),
        N_("Put quotes around text that begins with a bracket or a brace."),
    ),
    "handbook.cut_by_comment": (
        N_("{file}, line {line}, column {column}: {key} ends before this # and reads “{value}”."),
        N_("Put quotes around the whole text if the # belongs to it; what follows is only a remark now."),
    ),
    "handbook.duplicate_key": (
        N_("{file}, line {line}, column {column}: the key {key} was already written on line {first}."),
        N_("Remove one of the two."),
    ),
    "handbook.no_top_key": (
        N_("{file}, line {line}, column {column}: the document lacks its top key."),
        N_("Begin the file with procedure:, standard:, tariff:, platform: or holidays: and indent the rest below it."),
    ),
    "handbook.two_top_keys": (
        N_("{file}, line {line}, column {column}: a second top key, {key}, in one file."),
        N_("Put each document into a file of its own."),
    ),
    "handbook.missing_key": (
        N_("{file}, line {line}, column {column}: the key {key} is missing here."),
        N_("Add {key}: with its value."),
    ),
    "handbook.unknown_key": (
        N_("{file}, line {line}, column {column}: the key {value} is unknown here."),
        N_("Remove it; known here are: {expected}."),
    ),
    "handbook.unknown_key_near": (
        N_("{file}, line {line}, column {column}: the key {value} is unknown here."),
        N_("Did you mean {nearest}? Known here are: {expected}."),
    ),
    "handbook.not_a_choice": (
        N_("{file}, line {line}, column {column}: {key} cannot be {value}."),
        N_("Write one of: {expected}."),
    ),
    "handbook.not_a_choice_near": (
        N_("{file}, line {line}, column {column}: {key} cannot be {value}."),
        N_("Did you mean {nearest}? Possible are: {expected}."),
    ),
    "handbook.not_text": (
        N_("{file}, line {line}, column {column}: {key} must be text, not {value}."),
        N_('Put it in quotes: "{value}".'),
    ),
    "handbook.not_yes_no": (
        N_("{file}, line {line}, column {column}: {key} must be true or false, not {value}."),
        _KEEP,
    ),
    "handbook.not_a_whole_number": (
        N_("{file}, line {line}, column {column}: {key} must be a whole number, not {value}."),
        N_("Write the digits only, without dots, commas or a unit."),
    ),
    "handbook.not_a_number": (
        N_("{file}, line {line}, column {column}: {key} must be a number, not {value}."),
        N_("Write digits with a decimal point, without a unit: 4.5."),
    ),
    "handbook.not_a_date": (
        N_("{file}, line {line}, column {column}: {key} must be a date, not {value}."),
        N_("Write year-month-day: 2026-11-21."),
    ),
    "handbook.not_a_list": (
        N_("{file}, line {line}, column {column}: {key} must be a list, not {value}."),
        N_("Write each item on a line of its own after a hyphen, or between brackets: [one, two]."),
    ),
    "handbook.not_a_mapping": (
        N_("{file}, line {line}, column {column}: {key} must hold keys with values, not {value}."),
        N_("Write key: value lines, indented below it."),
    ),
    "handbook.not_an_identifier": (
        N_("{file}, line {line}, column {column}: {value} cannot be a name for {key}."),
        N_("Use lower-case letters and digits joined by hyphens, such as room-camera."),
    ),
    "handbook.not_a_deadline": (
        N_("{file}, line {line}, column {column}: {value} is not a deadline."),
        N_("Write -60min, -3h, -14wd (working days) or +1d, counted from the planned start."),
    ),
    "handbook.not_a_deadline_near": (
        N_("{file}, line {line}, column {column}: {value} is not a deadline."),
        N_("Did you mean {nearest}? Units are min, h, d and wd (working days), with - before the start or + after it."),
    ),
    "handbook.empty": (
        N_("{file}, line {line}, column {column}: {key} is empty."),
        N_("Fill it in, or remove the key."),
    ),
    "handbook.too_long": (
        N_("{file}, line {line}, column {column}: {key} is longer than {limit} characters."),
        N_("Shorten it."),
    ),
    "handbook.too_small": (
        N_("{file}, line {line}, column {column}: {key} cannot be {value}; the limit is {limit}."),
        N_("Write a larger number."),
    ),
    "handbook.too_large": (
        N_("{file}, line {line}, column {column}: {key} cannot be {value}; the limit is {limit}."),
        N_("Write a smaller number."),
    ),
    "handbook.invalid": (N_("{file}, line {line}, column {column}: {key} is not right ({said})."), _KEEP),
    "handbook.duplicate_id": (
        N_("{file}, line {line}, column {column}: the id {id} is used twice."),
        N_("Give one of the two another id."),
    ),
    "handbook.same_id": (
        N_("{file}, line {line}, column {column}: the id {id} is also that of {other}; only that one is used."),
        N_("Remove one of the two files, or give it another id."),
    ),
    "handbook.unknown_executor": (
        N_("{file}, line {line}, column {column}: the executor {value} is not listed under executors."),
        N_("Add it there, or write one of: {expected}."),
    ),
    "handbook.unknown_executor_near": (
        N_("{file}, line {line}, column {column}: the executor {value} is not listed under executors."),
        N_("Did you mean {nearest}? Listed are: {expected}."),
    ),
    "handbook.unknown_phase": (
        N_("{file}, line {line}, column {column}: the decision waits for a phase {value} that is not there."),
        N_("Write one of: {expected}."),
    ),
    "handbook.unknown_phase_near": (
        N_("{file}, line {line}, column {column}: the decision waits for a phase {value} that is not there."),
        N_("Did you mean {nearest}? It can wait for: {expected}."),
    ),
    "handbook.later_phase": (
        N_("{file}, line {line}, column {column}: the decision waits for the phase {value}, which comes after it."),
        N_("Name its own phase or an earlier one, or move the decision."),
    ),
    "handbook.day_twice": (
        N_("{file}, line {line}, column {column}: the day {value} is there twice."),
        N_("Keep one of the two."),
    ),
    "handbook.not_a_name": (
        N_("{id} cannot be the id of a procedure; no file was written."),
        N_("Use lower-case letters and digits joined by hyphens, such as morning-briefing."),
    ),
    "handbook.not_a_tariff_name": (
        N_("{id} cannot be the id of a tariff; no file was written."),
        N_("Use lower-case letters and digits joined by hyphens, such as our-office-2026."),
    ),
    "handbook.own_tariff_exists": (
        N_("The office already has a tariff {id}, in {file}; no file was written."),
        N_("Edit that file, or choose another id."),
    ),
    "handbook.file_exists": (
        N_("{file} is there already and was left as it is."),
        N_("Edit that file, or choose another id."),
    ),
    "handbook.own_exists": (
        N_("The office already has a procedure {id}, in {file}; no file was written."),
        N_("Edit that file, or choose another id."),
    ),
    "handbook.cannot_write": (
        N_("{file} cannot be written: {said}; nothing was stored."),
        N_("Ask for write permission on the handbook folder, or choose another with --office."),
    ),
    "handbook.check_and_record": (
        N_("{file}, line {line}, column {column}: a step is either measured (check) or recorded (record), not both."),
        N_("Remove one of them, or make two steps of it."),
    ),
    "handbook.stamped_not_confirmed": (
        N_("{file}, line {line}, column {column}: a step that is measured or recorded is not answered by a stamp."),
        N_("Remove stamped_by, or make a step of its own of it."),
    ),
    "handbook.record_choices": (
        N_("{file}, line {line}, column {column}: choices belong to a record of kind choice, and only there."),
        N_("Set kind: choice and list at least one choice, or remove choices."),
    ),
    "handbook.record_half": (
        N_("{file}, line {line}, column {column}: metric and standard are written together or not at all."),
        N_("Add the other one."),
    ),
    "handbook.record_not_number": (
        N_("{file}, line {line}, column {column}: {metric} can only be recorded as a number."),
        N_("Set kind: number and choose a metric that is a number."),
    ),
    "handbook.unknown_metric": (
        N_("{file}, line {line}, column {column}: the metric {value} is unknown."),
        N_("Known are: {expected}."),
    ),
    "handbook.unknown_metric_near": (
        N_("{file}, line {line}, column {column}: the metric {value} is unknown."),
        N_("Did you mean {nearest}? Known are: {expected}."),
    ),
    "handbook.shown_only": (
        N_("{file}, line {line}, column {column}: {metric} is shown only and cannot be bounded."),
        N_("Remove this requirement."),
    ),
    "handbook.not_a_bound": (
        N_("{file}, line {line}, column {column}: {key} must be a number, a pair [low, high], or yes or no."),
        N_("Write it without a sign or a unit: 24, [70, 180], no."),
    ),
    "handbook.not_a_necessity": (
        N_("{file}, line {line}, column {column}: {key} must be yes, no or if-measured."),
        N_("Write if-measured for what decides only where it could be measured."),
    ),
    "handbook.bound_needed": (
        N_("{file}, line {line}, column {column}: {bound} cannot be reckoned for {metric}."),
        N_("Only {expected} follow from the meeting; write a number."),
    ),
    "handbook.not_rising": (
        N_("{file}, line {line}, column {column}: up_to must be a number above {before}."),
        N_("List the rows by rising number of participants; only the last has no up_to."),
    ),
    "handbook.last_row_open": (
        N_("{file}, line {line}, column {column}: the last row may not end at a number of participants."),
        N_("Remove its up_to, so that larger meetings are reckoned with it."),
    ),
    "handbook.quality_twice": (
        N_("{file}, line {line}, column {column}: the quality {id} is there twice."),
        N_("Put both into one list of demands."),
    ),
    "handbook.bound_yes_no": (
        N_("{file}, line {line}, column {column}: {metric} is yes or no, so {key} must be too."),
        N_("Write {key}: yes or {key}: no."),
    ),
    "handbook.bound_range": (
        N_("{file}, line {line}, column {column}: {metric} is judged at both ends, so {key} must be a pair."),
        N_("Write {key}: [low, high]."),
    ),
    "handbook.bound_number": (
        N_("{file}, line {line}, column {column}: {metric} is judged at one end, so {key} must be one number."),
        N_("Write {key}: with the number only."),
    ),
    "handbook.never_met": (
        N_("{file}, line {line}, column {column}: {key} of {metric} ({bound}) can never be met."),
        N_("It goes from {lowest} to {highest}, and the lower end of a pair comes first."),
    ),
    "handbook.warn_stricter": (
        N_("{file}, line {line}, column {column}: warn of this metric ({warn}) is stricter than pass ({pass})."),
        N_("Exchange the two, or remove warn."),
    ),
    "handbook.bounded_twice": (
        N_("{file}, line {line}, column {column}: {metric} is bounded twice."),
        N_("Remove one of the two."),
    ),
    "handbook.other_instrument": (
        N_(
            "{file}, line {line}, column {column}: {metric} is measured by {measured_by}, and this standard is for "
            "{instrument}."
        ),
        N_("Move it to a standard for {measured_by}."),
    ),
    "handbook.nothing_required": (
        N_("{file}, line {line}, column {column}: nothing in this standard is required, so it could never be passed."),
        N_("Leave out required: false for at least one metric."),
    ),
    "handbook.override_instrument": (
        N_("{file}, line {line}, column {column}: the shipped standard {id} is for {expected}; this one is left out."),
        N_("Set instrument: {expected}, or give it another id."),
    ),
    "handbook.unknown_standard": (
        N_("{file}, line {line}, column {column}: there is no standard {value}."),
        N_("Write one of: {expected}."),
    ),
    "handbook.unknown_standard_near": (
        N_("{file}, line {line}, column {column}: there is no standard {value}."),
        N_("Did you mean {nearest}? There are: {expected}."),
    ),
    "handbook.standard_instrument": (
        N_(
            "{file}, line {line}, column {column}: the standard {value} is for {found}, and this step needs {expected}."
        ),
        N_("Name a standard for {expected}."),
    ),
    "handbook.valid_to_before": (
        N_("{file}, line {line}, column {column}: valid_to is before valid_from."),
        N_("Correct one of the two dates."),
    ),
    "handbook.method_none": (
        N_("{file}, line {line}, column {column}: a tariff of method none saves nothing, so it has no components."),
        N_("Remove components, or choose another method."),
    ),
    "handbook.no_components": (
        N_("{file}, line {line}, column {column}: this tariff has no components."),
        N_("Add at least one, or set method: none."),
    ),
    "handbook.mixed_method": (
        N_("{file}, line {line}, column {column}: a component per {per} does not fit the method {method}."),
        N_("flat takes amounts per meeting; per_head takes amounts per participant or traveller."),
    ),
    "handbook.eligibility_method": (
        N_("{file}, line {line}, column {column}: only a tariff of method itemised has rules of eligibility."),
        N_("Set method: itemised, or remove eligibility."),
    ),
    "handbook.eligibility_unknown": (
        N_("{file}, line {line}, column {column}: this tariff has no component {id}."),
        N_("Write the id of a component, or add the component."),
    ),
    "handbook.eligibility_missing": (
        N_("{file}, line {line}, column {column}: no rule says who is entitled to {id}."),
        N_("Name it under eligibility: outside, other_unit or own_unit."),
    ),
    "handbook.other_kind": (
        N_("{file} holds a {kind}, not a {expected}."),
        N_("Check it with the command for a {kind}."),
    ),
    "handbook.unknown_id": (
        N_("The handbook has no {kind} {id}."),
        N_("There are: {expected}."),
    ),
    "handbook.unknown_id_near": (
        N_("The handbook has no {kind} {id}."),
        N_("Did you mean {nearest}? There are: {expected}."),
    ),
}
