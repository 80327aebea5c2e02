"""What is printed: each thing as one typed paper, and from it plain text, a sheet, or a PDF."""

from vcops.documents.closing_text import closing_text
from vcops.documents.handover_paper import handover_paper
from vcops.documents.letter import paper_pdf
from vcops.documents.meeting_paper import meeting_paper
from vcops.documents.paper_sheet import paper_book, paper_rows
from vcops.documents.paper_text import paper_text
from vcops.documents.press import Press
from vcops.documents.procedure_form import PrintedProcedure, pocket_pdf, procedure_pdf
from vcops.documents.report_book import write_book
from vcops.documents.report_paper import report_paper
from vcops.documents.report_sheet import report_rows
from vcops.documents.run_paper import run_paper
from vcops.documents.saving_text import saving_text
from vcops.documents.tally_text import tally_text

__all__ = [
    "Press",
    "PrintedProcedure",
    "closing_text",
    "handover_paper",
    "meeting_paper",
    "paper_book",
    "paper_pdf",
    "paper_rows",
    "paper_text",
    "pocket_pdf",
    "procedure_pdf",
    "report_paper",
    "report_rows",
    "run_paper",
    "saving_text",
    "tally_text",
    "write_book",
]
