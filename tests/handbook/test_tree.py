"""YAML is read within limits: core types only, no tags, no bombs, one document, UTF-8; each refusal has its line."""

from __future__ import annotations

import json
import math
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.errors import InvalidInput
from vcops.handbook import read_page, read_text
from vcops.handbook.scalars import read_scalar
from vcops.handbook.tree import MOST_DEPTH, read_tree


def plain(text: str):
    tree, found = read_tree(text, "x.yaml")
    assert found == []
    return tree.plain()


def refused(text: str | bytes) -> InvalidInput:
    raw = text if isinstance(text, bytes) else text.encode()
    (found,) = read_text(raw, "x.yaml").faults
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("12", 12),
        ("-7", -7),
        ("0x1f", 31),
        ("0o17", 15),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1:30", "1:30"),
        ("2020-03-01", "2020-03-01"),
        ("1.000.000", "1.000.000"),
        ("012", 12),
        (".inf", math.inf),
        ("-.inf", -math.inf),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_plain_words_mean_what_the_core_schema_says(text: str, value: object) -> None:
    assert read_scalar(text) == value
    assert type(read_scalar(text)) is type(value)


def test_quotes_make_text() -> None:
    assert plain("a: '12'\nb: \"true\"\nc: |\n  12\n") == {"a": "12", "b": "true", "c": "12\n"}


_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), max_size=12)
_LEAVES = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | _WORDS
_DATA = st.dictionaries(
    _WORDS,
    st.recursive(_LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS, inner, max_size=4)),
    min_size=1,
    max_size=5,
)


@given(_DATA)
def test_json_is_yaml(data: dict[str, object]) -> None:
    assert plain(json.dumps(data, ensure_ascii=False)) == data


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_code(raw: bytes) -> None:
    page = read_text(raw, "x.yaml")
    assert page.document is None
    assert page.faults
    assert all(one.code.startswith("handbook.") for one in page.faults)


def test_aliases_are_allowed() -> None:
    assert plain("a: &x [1, 2]\nb: *x\n") == {"a": [1, 2], "b": [1, 2]}


def test_a_bomb_is_refused_at_its_line_without_going_off() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    tracemalloc.start()
    found = refused("\n".join(lines))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.code == "handbook.too_many_values"
    assert found.params["line"] == 6
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: &x\n  - *x\n", "handbook.alias", 2),
        ("a: 1\nb: *nowhere\n", "handbook.alias", 2),
        ("a: 1\n---\nb: 2\n", "handbook.several_documents", 2),
        ("a: 1\nb: [1, 2\nc: 3\n", "handbook.not_yaml", 3),
        ("a: 1\n\tb: 2\n", "handbook.tab", 2),
        ("a:\n  - b\n\t- c\n", "handbook.tab", 3),
        ("a: 1\nb: \x01\n", "handbook.strange_character", 2),
        ("a: 1\n? [b]\n: 2\n", "handbook.key_not_text", 2),
        ("", "handbook.empty_file", 1),
        ("# only words\n", "handbook.empty_file", 1),
        ("- a\n", "handbook.no_top_key", 1),
        ("just words\n", "handbook.no_top_key", 1),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_line(text: str, code: str, line: int) -> None:
    found = refused(text)
    assert (found.code, found.params["line"]) == (code, line)


def test_a_tag_is_refused() -> None:
    found = read_text(b"standard:\n  id: !!python/object/apply:os.system [ls]\n", "x.yaml").faults
    assert (found[0].code, found[0].params["line"]) == ("handbook.tag", 2)


def test_a_key_written_twice_is_a_fault_of_the_second() -> None:
    found = read_text(b"standard:\n  id: a\n  title: b\n  id: c\n", "x.yaml").faults[0]
    assert (found.code, found.params["line"], found.params["first"]) == ("handbook.duplicate_key", 4, 2)


@pytest.mark.parametrize("text", ["[" * 5000, "- " * 5000 + "x", "{a: " * 5000])
def test_deep_nesting_is_refused(text: str) -> None:
    found = refused(text)
    assert found.code == "handbook.too_deep"
    assert found.params["most"] == MOST_DEPTH


def test_latin_1_is_refused_at_its_place() -> None:
    found = refused("a: 1\nb: caf\xe9\n".encode("latin-1"))
    assert (found.code, found.params["line"], found.params["column"]) == ("handbook.not_unicode", 2, 7)


def test_a_byte_order_mark_is_nothing() -> None:
    assert refused(b"\xef\xbb\xbfwrong: 1\n").params["line"] == 1


def test_ten_megabytes_are_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes(b"a: 1\n" * 2_000_000)
    tracemalloc.start()
    (found,) = read_page(file).faults
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.code == "handbook.too_large_file"
    assert found.params["file"] == str(file)
    assert peak < 1_000_000


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    (found,) = read_page(tmp_path / "none.yaml").faults
    assert found.code == "handbook.unreadable"
