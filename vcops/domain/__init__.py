"""The rules: what a verdict, a run, a meeting, a saving is. Pure: no files, no network, no clock, no randomness."""
