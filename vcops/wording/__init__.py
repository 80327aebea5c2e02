"""Codes into words: errors, notes, verdicts, metrics, kinds. Used by the faces and the documents, by nobody below."""
