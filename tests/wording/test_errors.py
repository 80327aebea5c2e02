"""Every error that the program can raise has its sentence, and the sentence has what it needs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from vcops.wording.errors import explain
from vcops.wording.sentences import SENTENCES

PACKAGE = Path(__file__).parents[2] / "vcops"
RAISED = {"Conflict", "InvalidInput", "Refused", "StorageError", "Unreachable", "VcopsError"}
CODE = re.compile(r"^[a-z]+(\.[a-z0-9_]+)+$")


def calls() -> Iterator[tuple[str, ast.Call]]:
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED:
                yield f"{file.relative_to(PACKAGE)}:{node.lineno}", node


def strings_of_the_program() -> set[str]:
    return {
        node.value
        for file in PACKAGE.rglob("*.py")
        if "sentences" not in file.parts and file.name != "on_screen.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.match(node.value)
    }


def test_every_code_has_a_sentence() -> None:
    missing = [
        (where, call.args[0].value)
        for where, call in calls()
        if call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value not in SENTENCES
    ]
    assert not missing


def test_every_sentence_is_used() -> None:
    used = strings_of_the_program()
    assert not sorted(code for code in SENTENCES if code not in used)


def test_every_placeholder_is_given() -> None:
    wrong = []
    for where, call in calls():
        if not call.args or not isinstance(call.args[0], ast.Constant) or any(one.arg is None for one in call.keywords):
            continue
        said = " ".join(SENTENCES.get(call.args[0].value, ("", "")))
        lacking = set(re.findall(r"\{(\w+)", said)) - {one.arg for one in call.keywords}
        if lacking:
            wrong.append((where, call.args[0].value, lacking))
    assert not wrong


def test_an_unknown_code_is_shown_rather_than_lost() -> None:
    assert explain("no.such_code", {}).message == "no.such_code"


def test_braces_in_what_a_driver_said_do_no_harm() -> None:
    assert "{x}" in explain("storage.failed", {"url": "a", "said": "{x}"}).message
