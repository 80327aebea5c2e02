"""Other programs' files: CSV and XLSX, in and out."""
