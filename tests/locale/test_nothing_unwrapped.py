"""No sentence reaches a person without having gone through the catalogs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "vcops"
SPEAKING = ("tui", "cli", "documents", "wording")
MARKERS = {"_", "N_", "ngettext", "pgettext"}
SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
NOT_SHOWN = {"DEFAULT_CSS", "CSS", "CSS_PATH", "DEFAULT_CLASSES"}
UNTRANSLATED_CALLS = {
    "query_one",
    "query",
    "add_class",
    "remove_class",
    "set_class",
    "has_class",
    "compile",
    "namedtuple",
    "TypeVar",
}


class Finder(ast.NodeVisitor):
    """Collects string literals that look like sentences and are neither marked, nor documentation, nor CSS."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in MARKERS or name in UNTRANSLATED_CALLS:
            return
        for argument in node.args:
            self.visit(argument)
        for keyword in node.keywords:
            if keyword.arg not in {"classes", "metavar", "selector"}:
                self.visit(keyword.value)
        self.visit(node.func)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not any(isinstance(target, ast.Name) and target.id in NOT_SHOWN for target in node.targets):
            self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if not (isinstance(node.target, ast.Name) and node.target.id in NOT_SHOWN):
            self.visit(node.value) if node.value else None

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring, or documentation below an attribute
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """A ValueError or TypeError tells a developer, not a person."""

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and SENTENCE.search(node.value):
            self.found.append((node.lineno, node.value))


def speaking() -> Iterator[Path]:
    for name in SPEAKING:
        yield from sorted((PACKAGE / name).rglob("*.py"))


@pytest.mark.parametrize("file", list(speaking()), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_sentence_is_marked(file: Path) -> None:
    finder = Finder()
    finder.visit(ast.parse(file.read_text(encoding="utf-8")))
    assert not finder.found


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_sentence_is_marked_inside_an_f_string(file: Path) -> None:
    """Before Python 3.12 the extractor cannot look into f-strings."""
    joined = (node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.JoinedStr))
    calls = (call for node in joined for call in ast.walk(node) if isinstance(call, ast.Call))
    marked = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in MARKERS]
    assert not [call.lineno for call in marked if call.args and isinstance(call.args[0], ast.Constant)]


def test_the_finder_finds() -> None:
    finder = Finder()
    finder.visit(ast.parse('"""Doc string here."""\nlabel("two words", classes="a b c")\nlabel(_("fine words"))'))
    assert finder.found == [(2, "two words")]
