"""Asks for a file's name and writes it; a file that is there already is written over only when told to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from vcops.errors import InvalidInput
from vcops.locale import _
from vcops.tui.dialogs.confirm import ConfirmDialog
from vcops.tui.dialogs.form import FieldSpec, FormDialog

if TYPE_CHECKING:
    from vcops.tui.app import VcopsApp

__all__ = ["save_file", "typed_path"]

Written = TypeVar("Written")


async def save_file(
    app: VcopsApp, title: str, name: str, write: Callable[[Path], Awaitable[Written]], detail: str
) -> tuple[Path, Written] | None:
    """Return the file and what `write` answered, None where it was left. Title and detail are translated already."""

    async def submit(texts: dict[str, str]) -> tuple[Path, Written]:
        path = typed_path(texts["file"])
        if _is_there(path):
            question = _("{file} is already there. Write over it?").format(file=path.name)
            if not await app.ask(ConfirmDialog(question, detail=str(path))):
                raise InvalidInput("form.file_kept", column="file", file=str(path))
        return path, await write(path)

    field = FieldSpec("file", _("File"), str(_home() / name), required=True)
    answer: tuple[Path, Written] | None = await app.ask(
        FormDialog(title, [field], submit=submit, detail=detail, save=_("write"))
    )
    return answer


def typed_path(text: str) -> Path:
    """Return the path that somebody typed."""
    return Path(text).expanduser()


def _is_there(path: Path) -> bool:
    return path.exists()


def _home() -> Path:
    """Return where files of people lie."""
    home = Path.home()
    return home / "Documents" if (home / "Documents").is_dir() else home
