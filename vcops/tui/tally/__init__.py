"""Tally: what a period came to in meetings, people and avoided cost."""
