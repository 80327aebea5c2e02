"""What is printed: plain text and CSV, from one typed document."""

from vcops.documents.meeting_text import meeting_text
from vcops.documents.report_sheet import report_rows
from vcops.documents.report_text import report_text
from vcops.documents.saving_text import saving_text
from vcops.documents.tally_text import tally_text

__all__ = ["meeting_text", "report_rows", "report_text", "saving_text", "tally_text"]
