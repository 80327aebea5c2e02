"""A tariff that the office types in: read from a few texts, written as YAML into its own handbook."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vcops.domain.tariffs import Tariff
from vcops.errors import InvalidInput, StorageError
from vcops.formats import read_rupiah
from vcops.operations.shared_data import make_folder

if TYPE_CHECKING:
    from vcops.domain.tariffs import Method, Per

__all__ = ["read_amount", "read_typed_tariff", "write_office_tariff"]

_MOST = 10**12
"""Rupiah for one meeting or one head; beyond it a typing error. The model's own bound."""
_TITLES = {
    "travel": {"id": "Perjalanan dinas", "en": "Official travel"},
    "catering": {"id": "Konsumsi rapat", "en": "Meeting catering"},
}
_OWN_COST = {"id": "Lisensi dan internet", "en": "Licence and link"}
_PER: dict[tuple[Method, str], Per] = {
    ("flat", "travel"): "meeting",
    ("flat", "catering"): "meeting",
    ("per_head", "travel"): "traveller",
    ("per_head", "catering"): "participant",
}
_KINDS = {"travel": ["hosted", "attended", "unstated"], "catering": ["hosted", "unstated"]}
"""Attending another's meeting saves the way there, not the host's catering."""
_REGULATION = re.compile(
    r"\b(uu|pp|perpres|permen\w*|pmk|perda|pergub|perbup|perwal|perwali|peraturan|keputusan|kepgub|kepmen\w*|sbm|ssh|sbu"
    r"|regulation|decree|act)\b",
    re.IGNORECASE,
)

_NONE = re.compile(r"\b(bukan|asumsi|not|assum\w*)\b", re.IGNORECASE)
"""Says that the basis is no regulation, whichever one it names."""


def read_typed_tariff(texts: Mapping[str, str], today: date, taken: Collection[str] = ()) -> Tariff:
    """Return the tariff of this fiscal year. Raises InvalidInput naming the field; `taken` are ids already in use."""
    title, basis = (_needed(texts, name) for name in ("title", "basis"))
    method = _method(texts.get("method", ""))
    amounts = {name: read_amount(name, texts.get(name, "")) for name in _TITLES}
    own = read_amount("own_cost", texts.get("own_cost", ""))
    if not any(amounts.values()):
        raise InvalidInput("tariff.nothing_valued")
    return Tariff.model_validate(
        {
            "id": _free_id(title, today.year, taken),
            "title": title,
            "basis": basis,
            "regulation": bool(_REGULATION.search(basis)) and not _NONE.search(basis),
            "year": today.year,
            "valid_from": date(today.year, 1, 1),
            "method": method,
            "components": [
                {"id": name, "title": _TITLES[name], "per": _PER[method, name], "amount": amount, "kinds": _KINDS[name]}
                for name, amount in amounts.items()
                if amount
            ],
            "own_costs": [{"id": "own-cost", "title": _OWN_COST, "per": "month", "amount": own}] if own else [],
        }
    )


def write_office_tariff(tariff: Tariff, handbook: Path) -> Path:
    """Write a tariff as `tariffs/ID.yaml` of the office's handbook; return the file. Raises StorageError."""
    import yaml

    file = handbook / "tariffs" / f"{tariff.id}.yaml"
    plain: dict[str, Any] = {"tariff": tariff.model_dump(mode="python", exclude_defaults=True)}
    text = yaml.safe_dump(_lists(plain), allow_unicode=True, sort_keys=False, width=100)
    try:
        make_folder(file.parent)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise StorageError("tariff.cannot_write", file=str(file), said=error.strerror or str(error)) from error
    return file


def _lists(value: Any) -> Any:
    """YAML's safe dumper knows no tuples."""
    if isinstance(value, dict):
        return {name: _lists(one) for name, one in value.items()}
    return [_lists(one) for one in value] if isinstance(value, tuple | list) else value


def _needed(texts: Mapping[str, str], name: str) -> str:
    text = texts.get(name, "").strip()
    if not text:
        raise InvalidInput("tariff.missing", column=name)
    return text


def _method(text: str) -> Method:
    word = text.strip().lower().replace("-", "_").replace(" ", "_")
    if word in {"", "flat", "tetap"}:
        return "flat"
    if word in {"per_head", "per_orang"}:
        return "per_head"
    raise InvalidInput("tariff.method", column="method", value=text)


def read_amount(name: str, text: str) -> int:
    """Return the rupiah of a component, 0 where nothing was typed. Raises InvalidInput naming it as `column`."""
    if not text.strip():
        return 0
    try:
        amount = read_rupiah(text)
    except ValueError as error:
        raise InvalidInput("tariff.amount", column=name, value=text.strip()[:60]) from error
    if amount > _MOST:
        raise InvalidInput("tariff.amount_absurd", column=name, value=text.strip()[:60])
    return amount


def _free_id(title: str, year: int, taken: Collection[str]) -> str:
    words = re.findall(r"[a-z0-9]+", title.lower())
    if str(year) not in words:
        words.append(str(year))
    start = "-".join(words)[:56].strip("-")
    start = start if start != str(year) else f"tarif-{year}"
    return next(
        name
        for number in range(1, len(taken) + 2)
        for name in [start if number == 1 else f"{start}-{number}"]
        if name not in taken
    )
