"""The terminal UI: thin; it calls deeds and shows what they return."""
