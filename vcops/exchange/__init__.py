"""Other programs' files: CSV and XLSX, in and out."""

from vcops.exchange.columns import EXTRA, HELD, MEETING_HEADER, columns_of_header
from vcops.exchange.table import Line, Table, read_table
from vcops.exchange.writing import safe_cell, write_csv, write_whole, write_whole_bytes, writing_whole

__all__ = [
    "EXTRA", "HELD", "MEETING_HEADER", "Line", "Table", "columns_of_header", "read_table", "safe_cell", "write_csv",
    "write_whole", "write_whole_bytes", "writing_whole",
]  # fmt: skip
