"""Every string is translated, with the same placeholders, once."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from vcops import locale
from vcops.domain.verdicts import Ready
from vcops.wording.verdicts import ready_word

PACKAGE = Path(__file__).parents[2] / "vcops"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
PLACEHOLDER = re.compile(r"\{(\w+)[^}]*\}|%\((\w+)\)s")
CLICK_AND_ARGUMENTS = "click.po"
"""Its strings stand in click's own code."""


def extracted() -> set[str]:
    alone, with_plural = in_the_code()
    return alone | with_plural  # Indonesian has one form: the plural's is not looked up


def in_the_code() -> tuple[set[str], set[str]]:
    """Return the strings that stand alone, and those that have a plural beside them."""
    alone: set[str] = set()
    with_plural: set[str] = set()
    for _file, _line, message, *_rest in extract_from_dir(str(PACKAGE), [("**.py", "python")], keywords=KEYWORDS):
        if isinstance(message, str):
            alone.add(message)
        else:
            with_plural.add(message[0])
    return alone, with_plural


def translations() -> dict[str, dict[str, str]]:
    """msgid -> file -> msgstr."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for file in sorted((PACKAGE / "locale" / "id").glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale="id"):
                if message.id:
                    one = message.id[0] if isinstance(message.id, tuple) else message.id
                    said = message.string[0] if isinstance(message.string, tuple) else message.string
                    assert not message.fuzzy, f"{file.name}: {one!r} is fuzzy"
                    found[one][file.name] = said
    return found


def names(text: str) -> set[str]:
    return {name for groups in PLACEHOLDER.findall(text) for name in groups if name}


def test_every_string_is_translated() -> None:
    said = translations()
    missing = sorted(text for text in extracted() if not any(said.get(text, {}).values()))
    assert not missing, f"{len(missing)} strings without Indonesian: {missing}"


def test_no_translation_is_left_over() -> None:
    used = extracted()
    stale = sorted(
        (file, text)
        for text, files in translations().items()
        for file in files
        if text not in used and file != CLICK_AND_ARGUMENTS
    )
    assert not stale, f"no longer said by the program: {stale}"


def test_the_same_string_is_translated_once_or_alike() -> None:
    twice = {text: files for text, files in translations().items() if len(set(files.values())) > 1}
    assert not twice


def test_no_string_is_said_both_alone_and_with_a_plural() -> None:
    """A catalog holds one of the two, and older Pythons (3.11.2) do not find the one by the other."""
    alone, with_plural = in_the_code()
    assert not alone & with_plural


def test_placeholders_are_the_same() -> None:
    wrong = [
        (text, said) for text, files in translations().items() for said in files.values() if names(text) != names(said)
    ]
    assert not wrong


@pytest.mark.parametrize("file", sorted((PACKAGE / "locale" / "id").glob("*.po")), ids=lambda path: path.name)
def test_catalogs_are_readable_and_not_empty(file: Path) -> None:
    with file.open("rb") as stream:
        assert len(read_po(stream, locale="id", abort_invalid=True)) > 0


def test_a_link_is_called_sambungan_everywhere() -> None:
    said = {text for files in translations().values() for text in files.values()}
    root = PACKAGE.parent
    texts = [file.read_text(encoding="utf-8") for file in (root / "sops").rglob("*.yaml")]
    texts.append((root / "README.md").read_text(encoding="utf-8"))
    assert not [text for text in (*said, *texts) if "koneksi" in text.lower()]


def test_the_three_decisions_have_the_same_words_everywhere() -> None:
    """`--override` is the option's name; what it decides is said as on the screens and on paper."""
    called = [text for text in extracted() if re.search(r"overrid", text.replace("--override", ""), re.IGNORECASE)]
    assert called == ["extra handbook folder; its YAML overrides the shipped one by id"]
    indonesian, english = (PACKAGE.parent / "README.md").read_text(encoding="utf-8").split("## English", 1)
    for part, language in ((indonesian, "id"), (english, "en")):
        locale.use(language)
        for ready in Ready:
            assert ready_word(ready) in part, ready
        assert not re.search(r"with (an )?override|overridden", part)
