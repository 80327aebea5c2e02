"""Compiles the message catalogs when the package is built, and by hand: `python hatch_build.py`.

Each language's folder holds one .po file a subject; they are merged into the one catalog that is loaded.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # called by hand, where hatchling is not installed
    BuildHookInterface = object

LOCALE = Path(__file__).parent / "vcops" / "locale"


def compile_catalogs(locale: Path = LOCALE) -> list[Path]:
    """Merge every `LANGUAGE/*.po` into `LANGUAGE/LC_MESSAGES/vcops.mo`; return what was written."""
    written = []
    for folder in sorted(path for path in locale.iterdir() if any(path.glob("*.po"))):
        merged = Catalog(locale=folder.name)
        for source in sorted(folder.glob("*.po")):
            with source.open("rb") as stream:
                catalog = read_po(stream, locale=folder.name)
                merged.mime_headers = catalog.mime_headers  # Babel does not know Indonesian's one plural form
                for message in catalog:
                    if message.id:
                        merged[message.id] = message
        target = folder / "LC_MESSAGES" / "vcops.mo"
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as stream:
            write_mo(stream, merged)
        written.append(target)
    return written


class CatalogBuildHook(BuildHookInterface):  # type: ignore[misc,type-arg,unused-ignore]
    """Hatchling calls this before it builds a wheel or an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogs so that the wheel carries them."""
        del version, build_data
        compile_catalogs()


if __name__ == "__main__":
    compile_catalogs()
