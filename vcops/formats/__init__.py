"""How Indonesian offices write numbers, rupiah, dates and times, and how people type them. No I/O, no clock."""
