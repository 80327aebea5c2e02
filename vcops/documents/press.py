"""Sets a document in type: a template with the document's data, and out comes a PDF/A-2a, the same bytes each time.

Data reach a template as JSON only and are never part of its text, so whatever people typed is printed as it stands.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from vcops.documents.emoji import signs_for, without_rows
from vcops.errors import InvalidInput, StorageError

__all__ = ["MOST_BYTES", "TEMPLATES", "Press"]

TEMPLATES = Path(__file__).parent / "templates"
"""What ships. An office's file of the same name, in `templates` of its handbook folder, takes its place."""
_LOGOS = ("logo.svg", "logo.png")
_MAIN = "main"
MOST_BYTES = 8_000_000
"""No template, picture or font of a letterhead is larger; a folder may hold anything."""
_TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Turn the letters around them, so that a paper would not show what is stored."""
_TRIAL_PICTURE = b"""#set document(title: "-", date: datetime(year: 2000, month: 1, day: 1))
#image("/" + sys.inputs.name, alt: "-")
"""
_MISSING = "\N{REPLACEMENT CHARACTER}"
_STANDARD = ["a-2a"]
_TRIAL = b"""#set document(title: "-", date: datetime(year: 2000, month: 1, day: 1))
#sys.inputs.letters.clusters().join(" ")
"""
"""Prints letters, each by itself: what no font has is an error."""
_PICTURE = re.compile(r"decode image|parse SVG|image format")
_PLACE = re.compile(r"┌─ (.+?):(\d+):\d+\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Press:
    """Templates that ship, under those of the office, whose handbook lies in `folder`."""

    folder: Path | None = None

    def pdf(
        self, template: str, data: Mapping[str, Any], *, dated: date, pictures: Mapping[str, bytes] | None = None
    ) -> bytes:
        """Return a document as PDF. `dated` is its own date, which the file bears as the date it was made.

        `pictures` are by the name that the data call them by; try them with `draws` first.
        Raises InvalidInput with file and line where a template of the office's does not compile, or its logo is none.
        """
        import typst

        files = dict(self._files())
        main = f"{template}.typ"
        own = self._own_files()
        logo = next((name for name in _LOGOS if name in own), "")
        folder = self._templates if any(name.endswith(".typ") for name in own) and self._templates else TEMPLATES
        fonts = [folder] if folder != TEMPLATES else []
        filled = {**data, "logo": logo, "day": [dated.year, dated.month, dated.day]}
        printable = _printable(filled, str(fonts[0]) if fonts else "")
        texts = {name: content for name, content in files.items() if _is_text(name)}
        seen = {name: content for name, content in files.items() if not _is_text(name)} | dict(pictures or {})
        try:
            with _beside(folder, seen) as root:
                return typst.compile(  # type: ignore[call-overload,no-any-return]
                    {**texts, _MAIN: texts[main]},
                    format="pdf",
                    root=str(root),
                    font_paths=fonts,
                    ignore_system_fonts=not fonts,
                    sys_inputs={"data": json.dumps(printable, ensure_ascii=False)},
                    pdf_standards=_STANDARD,
                )
        except typst.TypstError as error:
            raise self._fault(error.message, error.diagnostic or "", main, own) from error

    @staticmethod
    def make_ready() -> None:
        """Load the typesetter and its fonts: the first document of a process waits for them."""
        _draws("–", "")

    def draws(self, name: str, content: bytes) -> bool:
        """Whether a picture can be printed: one that is broken, or none at all, would spoil the whole document."""
        if not content or len(content) > MOST_BYTES:
            return False
        with _beside(TEMPLATES, {name: content}) as root:
            return _compiles(_TRIAL_PICTURE, {"name": name}, root=root)

    @property
    def _templates(self) -> Path | None:
        return self.folder / "templates" if self.folder else None

    def _files(self) -> Iterator[tuple[str, bytes]]:
        for path in sorted(TEMPLATES.glob("*.typ")):
            yield path.name, path.read_bytes()
        for name, path in self._own_files().items():
            try:
                content = path.read_bytes()
                if _is_text(name):
                    content.decode()
                yield name, content
            except OSError as error:
                raise InvalidInput("paper.unreadable", file=str(path), said=error.strerror or str(error)) from error
            except UnicodeDecodeError as error:
                raise InvalidInput("paper.unreadable", file=str(path), said=str(error)) from error

    def _own_files(self) -> dict[str, Path]:
        """Return the office's templates and pictures by the name a template calls them by, and its logo."""
        found = {}
        if self._templates:
            found = {path.name: path for path in sorted(self._templates.glob("*")) if _is_part(path)}
        if self.folder:
            found |= {name: self.folder / name for name in _LOGOS if _is_logo(self.folder / name)}
        return found

    def _fault(self, message: str, diagnostic: str, main: str, own: Mapping[str, Path]) -> InvalidInput:
        place = _PLACE.search(diagnostic)
        name, line = (Path(place[1]).name, int(place[2])) if place else (main, 0)
        name = main if name == _MAIN else name
        logo = next((own[one] for one in _LOGOS if one in own), None)
        if logo is not None and _PICTURE.search(message):
            return InvalidInput("paper.not_a_picture", file=str(logo), said=message)
        return InvalidInput("paper.template", file=str(own.get(name, TEMPLATES / name)), line=line, said=message)


def _is_part(path: Path) -> bool:
    return path.suffix.lower() in {".typ", ".png", ".svg", ".jpg", ".jpeg"} and (
        path.is_file() and path.stat().st_size <= MOST_BYTES
    )


def _is_logo(path: Path) -> bool:
    """Whether it is there. Raises InvalidInput where it is too large: a letterhead without it would be a surprise."""
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise InvalidInput("paper.logo_too_large", file=str(path), most=MOST_BYTES // 10**6)
    return path.is_file()


def _printable(data: Any, fonts: str) -> Any:
    """Return the data with a mark in place of every character that no font at hand can print: PDF/A refuses those.

    An emoji becomes a plain sign instead.
    """
    text = json.dumps(data, ensure_ascii=False)
    strange = sorted({letter for letter in text if not letter.isascii()})
    missing = {letter for letter in strange if unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn"}} | _TURNING
    missing |= set(_undrawn("".join(letter for letter in strange if letter not in missing), fonts))
    missing |= {chr(code) for code in range(32) if chr(code) not in "\n\t"} | {"\x7f"}
    return _mapped(data, {ord(letter): _MISSING for letter in missing} | signs_for(missing))


def _mapped(data: Any, table: Mapping[int, str]) -> Any:
    if isinstance(data, str):
        return without_rows(data.translate(table))
    if isinstance(data, Mapping):
        return {name: _mapped(value, table) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_mapped(value, table) for value in data]
    return data


@lru_cache(maxsize=64)
def _undrawn(letters: str, fonts: str) -> str:
    """Return which of these letters cannot be printed: tried together, and one half at a time where that fails."""
    if not letters or _draws(letters, fonts):
        return ""
    if len(letters) == 1:
        return letters
    half = len(letters) // 2
    return _undrawn(letters[:half], fonts) + _undrawn(letters[half:], fonts)


def _draws(letters: str, fonts: str) -> bool:
    return _compiles(_TRIAL, {"letters": letters}, fonts)


def _is_text(name: str) -> bool:
    return name.endswith(".typ")


@contextmanager
def _beside(folder: Path, pictures: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield the folder that a template may read: its own, or, where there are pictures, one that holds just these.

    Typst takes from memory only what is UTF-8, so that pictures must lie in a folder.
    """
    if not pictures:
        yield folder
        return
    with TemporaryDirectory(prefix="vcops-print-") as name:
        for picture, content in pictures.items():
            try:
                Path(name, picture).write_bytes(content)
            except OSError as error:
                said = error.strerror or str(error)
                raise StorageError("export.cannot_write", file=str(Path(name, picture)), said=said) from error
        yield Path(name)


def _compiles(trial: bytes, inputs: Mapping[str, str], fonts: str = "", root: Path = TEMPLATES) -> bool:
    import typst

    try:
        typst.compile(
            {_MAIN: trial},
            format="pdf",
            root=str(root),
            font_paths=[fonts] if fonts else [],
            ignore_system_fonts=not fonts,
            sys_inputs=dict(inputs),
            pdf_standards=_STANDARD,
        )  # type: ignore[call-overload]
    except typst.TypstError:
        return False
    return True
