"""Reads a PDF back as a reader would: its pages' text without line ends, and what it says of itself."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader

__all__ = ["assert_archival", "pages_of", "said_by"]


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, blanks and line ends made one blank."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def said_by(pdf: bytes) -> str:
    """All its text."""
    return " ".join(pages_of(pdf))


def assert_archival(pdf: bytes, language: str, day: str) -> None:
    """It says that it is PDF/A-2a, tagged, in which language, and bears its document's day (YYYYMMDD)."""
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    about = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in about
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in about
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert reader.metadata["/CreationDate"].startswith(f"D:{day}")
    assert reader.metadata["/Title"]
    fonts = {font for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()}
    for font in fonts:
        for part in font.get_object()["/DescendantFonts"]:
            described = part.get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(described), "every font lies inside"
