"""Reads a workbook's formulas with their cached values, and reckons them anew as a spreadsheet would."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

__all__ = ["Book", "read_book"]

_EPOCH = date(1899, 12, 30)
_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_REFERENCE = re.compile(
    r"^(?:'(?P<sheet>[^']+)'!)?\$?(?P<c1>[A-Z]+)\$?(?P<r1>\d+)(?::\$?(?P<c2>[A-Z]+)\$?(?P<r2>\d+))?$"
)


@dataclass
class Book:
    """Values and formulas, each by sheet and cell: `values["Rekap", "B12"]`."""

    values: dict[tuple[str, str], str | float] = field(default_factory=dict)
    formulas: dict[tuple[str, str], str] = field(default_factory=dict)

    def reckoned(self, sheet: str, cell: str) -> float:
        """Return what the cell's formula comes to."""
        return self._value(self.formulas[sheet, cell].removeprefix("="), sheet)

    def _value(self, text: str, sheet: str) -> float:
        if found := re.fullmatch(r"([A-Z]+)\((.*)\)", text):
            return self._call(found[1], _arguments(found[2]), sheet)
        for sign in "*-":
            if sign in text:
                left, right = (self._number(one, sheet) for one in text.split(sign))
                return left * right if sign == "*" else left - right
        return self._number(text, sheet)

    def _call(self, name: str, arguments: list[str], sheet: str) -> float:
        if name == "SUM":
            return sum(one for one in self._range(arguments[0], sheet) if isinstance(one, float))
        if name == "SUMPRODUCT":
            return self._product(arguments, sheet)
        summed = self._range(arguments.pop(0), sheet) if name == "SUMIFS" else None
        kept: set[int] | None = None
        for where, wanted in zip(arguments[::2], arguments[1::2], strict=True):
            cells = self._range(where, sheet)
            here = {at for at, one in enumerate(cells) if self._meets(one, wanted, sheet)}
            kept = here if kept is None else kept & here
        assert kept is not None
        if summed is None:
            return float(len(kept))
        return sum(one for at in kept if isinstance(one := summed[at], float))

    def _product(self, arguments: list[str], sheet: str) -> float:
        kept: set[int] | None = None
        for where, wanted in re.findall(r"\(([^()]+?)[=,]([^()]+?)\)", arguments[0]):
            cells = self._range(where, sheet)
            here = {at for at, one in enumerate(cells) if one == self._one(wanted, sheet)}
            kept = here if kept is None else kept & here
        assert kept is not None
        if len(arguments) == 1:
            return float(len(kept))
        summed = self._range(arguments[1], sheet)
        return sum(one for at in kept if isinstance(one := summed[at], float))

    def _meets(self, cell: str | float, wanted: str, sheet: str) -> bool:
        if found := re.fullmatch(r'"(>=|<)"&(.+)', wanted):
            bound = self._day(found[2], sheet)
            return isinstance(cell, float) and (cell >= bound if found[1] == ">=" else cell < bound)
        bound = self._one(wanted, sheet)
        return _folded(cell) == _folded(bound)

    def _day(self, text: str, sheet: str) -> float:
        if found := re.fullmatch(r"EDATE\((.+),1\)", text):
            first = _EPOCH + timedelta(days=self._number(found[1], sheet))
            return float((date(first.year + first.month // 12, first.month % 12 + 1, 1) - _EPOCH).days)
        return self._number(text, sheet)

    def _one(self, text: str, sheet: str) -> str | float:
        if text.startswith('"'):
            return text.strip('"')
        return float(text) if re.fullmatch(r"\d+", text) else self._range(text, sheet)[0]

    def _number(self, text: str, sheet: str) -> float:
        one = self._one(text, sheet)
        return one if isinstance(one, float) else 0.0

    def _range(self, text: str, sheet: str) -> list[str | float]:
        found = _REFERENCE.match(text)
        assert found is not None, text
        where, column = found["sheet"] or sheet, found["c1"]
        assert found["c2"] in {None, column}
        rows = range(int(found["r1"]), int(found["r2"] or found["r1"]) + 1)
        return [self.values.get((where, f"{column}{row}"), "") for row in rows]


def _folded(value: str | float) -> str | float:
    """A criterion does not tell capitals from small letters."""
    return value.upper() if isinstance(value, str) else value


def read_book(file: Path) -> Book:
    """Read all sheets of a workbook whose texts stand in the cells."""
    book = Book()
    with zipfile.ZipFile(file) as parts:
        sheets = ElementTree.fromstring(parts.read("xl/workbook.xml")).findall(".//m:sheet", _NS)
        for place, one in enumerate(sheets, 1):
            name = one.attrib["name"]
            root = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{place}.xml"))
            for cell in root.iterfind(".//m:c", _NS):
                at = (name, cell.attrib["r"])
                formula, value = cell.find("m:f", _NS), cell.find("m:v", _NS)
                if formula is not None and formula.text:
                    book.formulas[at] = formula.text
                if cell.get("t") == "inlineStr":
                    book.values[at] = "".join(part.text or "" for part in cell.iterfind(".//m:t", _NS))
                elif value is not None and value.text:
                    book.values[at] = float(value.text)
    return book


def _arguments(text: str) -> list[str]:
    """Split at the commas outside of brackets and quotes."""
    found, depth, quoted = [""], 0, False
    for letter in text:
        quoted ^= letter in "\"'"
        depth += (letter == "(") - (letter == ")") if not quoted else 0
        if letter == "," and not depth and not quoted:
            found.append("")
        else:
            found[-1] += letter
    return found
