"""The handbook: what ships, overridden by id from the office's own folder.

A file with faults is left out and its faults are kept: where it was to override a shipped one, the shipped one stays in
force, so that a slip of the keyboard never stops an office on the morning of a meeting. `vcops sop validate`,
`vcops doctor` and the walk show the faults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from vcops.domain.platforms import Platform
from vcops.domain.procedures import Procedure
from vcops.domain.standards import Standard
from vcops.domain.tariffs import Tariff
from vcops.domain.workdays import OfficeDays
from vcops.errors import InvalidInput
from vcops.handbook.cut_texts import cut_texts
from vcops.handbook.faults import fault_at
from vcops.handbook.folders import shipped_folder, yaml_files
from vcops.handbook.links import link_faults
from vcops.handbook.naming import named_in
from vcops.handbook.pages import Document, Page, read_page
from vcops.handbook.references import in_order, loose_standards

__all__ = ["Handbook", "open_handbook", "validate_file"]


@dataclass(frozen=True, slots=True)
class Handbook:
    """Everything the office works by, by id.

    `faults` are the errors of files that were left out. `files` tells where each document was read: `(kind, id) ->
    path`; `own` which of them are the office's; `left_out` the first fault of each of the office's pages that was left
    out, by what the page was to be, as far as that can be read.
    """

    procedures: Mapping[str, Procedure]
    standards: Mapping[str, Standard]
    tariffs: Mapping[str, Tariff]
    platforms: Mapping[str, Platform] = field(default_factory=dict)
    holidays: Mapping[str, OfficeDays] = field(default_factory=dict)
    faults: tuple[InvalidInput, ...] = ()
    files: Mapping[tuple[str, str], str] = field(default_factory=dict)
    own: frozenset[tuple[str, str]] = frozenset()
    left_out: Mapping[tuple[str, str], InvalidInput] = field(default_factory=dict)


def open_handbook(own: Path, shipped: Path | None = None) -> Handbook:
    """Read the shipped YAML and the office's own folder over it. Never raises for a faulty file: see `faults`."""
    shelf = _Shelf()
    shelf.add_folder(shipped or shipped_folder(), own=False)
    shelf.add_folder(own, own=True)
    shelf.check_links()
    return shelf.handbook()


def validate_file(path: Path, handbook: Handbook) -> Page:
    """Check one file on its own and against the handbook it would join. Every fault and every hint is in the page."""
    page = read_page(path)
    hints = tuple(cut_texts(page.file, page.tree)) if page.tree is not None else ()
    return replace(_checked(page, handbook), hints=hints)


def _checked(page: Page, handbook: Handbook) -> Page:
    standards = dict(handbook.standards)
    if page.document is None or page.tree is None:
        if page.kind != "procedure" or page.tree is None:
            return page
        return replace(page, faults=tuple(in_order([*page.faults, *loose_standards(page.file, page.tree, standards)])))
    if isinstance(page.document, Standard):
        faults = _other_instrument(page, standards.get(page.document.id))
    else:
        faults = link_faults(page.file, page.tree, page.document, standards)
    return replace(page, faults=(*page.faults, *faults))


class _Shelf:
    """Pages by kind and id while they are put together."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, str], list[Page]] = {}
        self.faults: list[InvalidInput] = []
        self.own: set[tuple[str, str]] = set()
        self.left_out: dict[tuple[str, str], InvalidInput] = {}

    def add_folder(self, folder: Path, *, own: bool) -> None:
        """Put a folder's documents on top of what is there."""
        here: dict[tuple[str, str], Page] = {}
        for path in yaml_files(folder):
            page = _page(path)
            self.faults += page.faults
            if page.document is None or page.tree is None:
                if own and (name := named_in(page)):
                    self.left_out.setdefault(name, page.faults[0])
                continue
            key = (page.kind, page.document.id)
            if key in here:
                self.faults.append(
                    fault_at(
                        page.file,
                        page.tree,
                        (page.kind, "id"),
                        "handbook.same_id",
                        id=page.document.id,
                        other=here[key].file,
                    )
                )
                continue
            if faults := self._misfit(page, key):
                self.faults += faults
                self.left_out.setdefault(key, faults[0])
                continue
            here[key] = page
        for key, page in here.items():
            self.pages.setdefault(key, []).append(page)
            if own:
                self.own.add(key)

    def _misfit(self, page: Page, key: tuple[str, str]) -> list[InvalidInput]:
        below = self.pages.get(key)
        standard = below[-1].document if below else None
        return _other_instrument(page, standard if isinstance(standard, Standard) else None)

    def check_links(self) -> None:
        """Leave out procedures that name standards which are not there."""
        standards = {one.id: one for pages in self.pages.values() if isinstance(one := pages[-1].document, Standard)}
        for key, pages in list(self.pages.items()):
            page = pages[-1]
            if page.tree is None or page.document is None:
                continue
            if faults := link_faults(page.file, page.tree, page.document, standards):
                self.faults += faults
                pages.pop()
                if key in self.own:
                    self.own.discard(key)
                    self.left_out.setdefault(key, faults[0])
        self.pages = {key: pages for key, pages in self.pages.items() if pages}

    def handbook(self) -> Handbook:
        """Return what is on the shelf."""
        top = {key: pages[-1] for key, pages in self.pages.items()}
        documents = [page.document for page in top.values()]
        return Handbook(
            procedures={one.id: one for one in documents if isinstance(one, Procedure)},
            standards={one.id: one for one in documents if isinstance(one, Standard)},
            tariffs={one.id: one for one in documents if isinstance(one, Tariff)},
            platforms={one.id: one for one in documents if isinstance(one, Platform)},
            holidays={one.id: one for one in documents if isinstance(one, OfficeDays)},
            faults=tuple(self.faults),
            files={key: page.file for key, page in top.items()},
            own=frozenset(self.own),
            # A second file of the same page hides what is wrong with the first: that page is in force.
            left_out={key: fault for key, fault in self.left_out.items() if key not in self.own},
        )


def _page(path: Path) -> Page:
    """Return a file's page; one that has not changed since is not read twice."""
    try:
        stat = path.stat()
    except OSError:
        return read_page(path)
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=256)
def _read(path: Path, changed_ns: int, size: int) -> Page:  # noqa: ARG001 - they tell whether it must be read again
    return read_page(path)


def _other_instrument(page: Page, below: Document | None) -> list[InvalidInput]:
    """An override for another instrument would leave the procedures that use the standard without a judge."""
    mine = page.document
    if not isinstance(mine, Standard) or not isinstance(below, Standard) or page.tree is None:
        return []
    if mine.instrument == below.instrument:
        return []
    return [
        fault_at(
            page.file,
            page.tree,
            ("standard", "instrument"),
            "handbook.override_instrument",
            id=mine.id,
            expected=below.instrument,
        )
    ]
