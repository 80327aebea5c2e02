"""Measuring: each probe runs as a process of its own and writes one JSON object a line."""
