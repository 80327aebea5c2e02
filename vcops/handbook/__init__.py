"""The office's YAML: procedures, standards and tariffs, read and checked."""

from vcops.handbook.folders import Seen, have_changed, seen_in, shipped_folder
from vcops.handbook.pages import Page, read_page, read_text
from vcops.handbook.schema import json_schema
from vcops.handbook.shelf import Handbook, open_handbook, validate_file

__all__ = [
    "Handbook", "Page", "Seen", "have_changed", "json_schema", "open_handbook", "read_page", "read_text", "seen_in",
    "shipped_folder", "validate_file",
]  # fmt: skip
