"""A new procedure of the office's own: a commented file in its handbook folder, and the schema beside it."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from vcops.domain.texts import Identifier
from vcops.errors import Conflict, InvalidInput, StorageError
from vcops.operations import handbooks
from vcops.operations.workplace import Workplace

__all__ = ["new_procedure"]


def new_procedure(workplace: Workplace, procedure_id: str) -> Path:
    """Write `ID.yaml` into the office's folder and return its path; nothing that is there is ever overwritten.

    With the id of a procedure that ships, the file is a copy of it, which from then on takes its place. The JSON
    Schema is written beside it anew each time: it belongs to the program. Raises InvalidInput for an id that is none,
    Conflict where the office has that procedure or that file already, StorageError where it cannot be written.
    """
    from vcops.handbook.template import SCHEMA_FILE, new_procedure_text

    wanted = procedure_id.strip()
    try:
        TypeAdapter(Identifier).validate_python(wanted)
    except ValidationError as error:
        raise InvalidInput("handbook.not_a_name", id=wanted) from error
    if handbooks.is_own(workplace, "procedure", wanted):
        raise Conflict("handbook.own_exists", id=wanted, file=workplace.handbook.files["procedure", wanted])
    folder = workplace.handbook_folder
    file = folder / f"{wanted}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = new_procedure_text(wanted, workplace.handbook.files)
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
