"""Prepare: the walk through the procedure before, during and after a meeting, and the decision at its gates."""
