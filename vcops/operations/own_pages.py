"""A new page of the office's own: a commented file in its handbook folder, and the schema beside it."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from vcops.domain.texts import Identifier
from vcops.errors import Conflict, InvalidInput, StorageError
from vcops.operations import handbooks
from vcops.operations.shared_data import make_folder
from vcops.operations.workplace import Workplace

__all__ = ["new_page"]


def new_page(workplace: Workplace, kind: str, page_id: str) -> Path:
    """Write the file of a new `procedure` or `tariff` into the office's folder; nothing there is ever overwritten.

    With the id of a page that ships, the file is a copy of it, which from then on takes its place. The JSON Schema is
    written beside it anew each time: it belongs to the program. Returns the path. Raises InvalidInput for an id that
    is none, Conflict where the office has that page or that file already, StorageError where it cannot be written.
    """
    from vcops.handbook.template import FOLDERS, SCHEMA_FILE, new_page_text

    wanted = page_id.strip()
    try:
        TypeAdapter(Identifier).validate_python(wanted)
    except ValidationError as error:
        code = "handbook.not_a_tariff_name" if kind == "tariff" else "handbook.not_a_name"
        raise InvalidInput(code, id=wanted) from error
    if handbooks.is_own(workplace, kind, wanted):
        code = "handbook.own_tariff_exists" if kind == "tariff" else "handbook.own_exists"
        raise Conflict(code, id=wanted, file=workplace.handbook.files[kind, wanted])
    folder = workplace.handbook_folder
    file = folder / FOLDERS[kind] / f"{wanted}.yaml"
    try:
        make_folder(file.parent)
        text = new_page_text(kind, wanted, workplace.handbook.files)
        if file.exists():
            raise Conflict("handbook.file_exists", file=str(file))
        schema = json.dumps(handbooks.schema(), ensure_ascii=False, indent=2)
        (folder / SCHEMA_FILE).write_text(schema + "\n", encoding="utf-8", newline="\n")
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise StorageError("handbook.cannot_write", file=str(file), said=error.strerror or str(error)) from error
    workplace.__dict__.pop("handbook", None)  # read anew when it is next asked for
    return file
