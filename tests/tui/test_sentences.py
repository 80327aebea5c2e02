"""On the screens a remedy names a key, not an option of the command line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from vcops.domain.findings import Finding
from vcops.tui.sentences import explain, finding_words, keys, note_words
from vcops.wording.findings import _SENTENCES as FINDINGS
from vcops.wording.metrics import _NOTES as NOTES
from vcops.wording.on_screen import REMEDIES
from vcops.wording.sentences import SENTENCES

TUI = Path(__file__).parents[2] / "vcops" / "tui"
COMMAND_LINE = re.compile(
    r"(^|\s)--[a-z]|\bvcops (?:check|run|meeting|tally|report|room|unit|office|tariff|standard)\b"
)
NEVER_ON_SCREEN = {
    "check.other_instrument",
    "closing.answer_form",
    "closing.code_unknown",
    "check.no_automatic",
    "meeting.same_or_apart",
    "period.needed",
    "period.several",
    "reflector.port_in_use",
    "reflector.no_permission",
    "reflector.bad_address",
}
"""Raised by commands alone."""
WITHOUT_A_KEY = re.compile(
    r"^storage\.|^setup\.data_chosen$|^run\.frozen_changed$|^meeting\.cancel_joined$|^closing\.(vanished|copies_failed)$"
)
"""No key names another database, verifies a month, writes the copies of a closing anew or parts joined entries."""
OF_THE_PROGRAM = re.compile(r"^(prepare|live|meetings|rooms|settings|tally|today|go|shell)_")


def test_no_remedy_names_an_option_where_a_key_does_it() -> None:
    told = {code: explain(code, {}).remedy for code in SENTENCES if code not in NEVER_ON_SCREEN}
    told |= {code: finding_words(Finding(code)) for code in FINDINGS} | {note: note_words(note) for note in NOTES}
    found = {code: text for code, text in told.items() if COMMAND_LINE.search(text) and not WITHOUT_A_KEY.search(code)}
    assert not found


def test_every_remedy_of_the_screens_stands_for_a_sentence_and_names_keys_there_are() -> None:
    assert set(REMEDIES) <= {*SENTENCES, *FINDINGS, *NOTES}
    for code, remedy in REMEDIES.items():
        for name in re.findall(r"\{(\w+)\}", remedy):
            theirs = " ".join(SENTENCES.get(code, ("", "")))
            assert name in keys() if OF_THE_PROGRAM.match(name) else f"{{{name}}}" in theirs, (code, name)


def test_the_command_line_keeps_its_own() -> None:
    from vcops.wording import errors

    assert errors.explain("camera.none", {}).remedy.endswith("with --source.")
    assert explain("camera.none", {}).remedy == "Plug one in, or name a file or a URL with the key c."
    assert "(7)" in explain("check.no_server", {}).remedy


def test_the_screens_have_their_sentences_from_one_place() -> None:
    wrong = []
    for file in TUI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("vcops.wording"):
                names = {one.name for one in node.names} & {"explain", "finding_words", "note_words"}
                wrong += [(file.name, name) for name in names]
    assert not wrong
