"""What is printed: each thing as one typed paper, and from it plain text, a sheet, or a PDF.

Each paper is a module of its own, and is imported when it is made: a report needs none of the others.
"""
