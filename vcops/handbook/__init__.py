"""The office's YAML: procedures, standards and tariffs, read and checked."""

from vcops.handbook.shelf import Handbook, open_handbook

__all__ = ["Handbook", "open_handbook"]
