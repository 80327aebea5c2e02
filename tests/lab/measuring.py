"""Tests that hold a measured rate against what the link, or the server, lets through."""

from __future__ import annotations

import pytest

__all__ = ["MEASURES"]

MEASURES = pytest.mark.flaky(reruns=2)
"""A link of a fixed rate is driven by the machine on which the other tests run too: where they leave it no time, less
comes through than it carries, and a right measurement says so. What is off three times is the program's own fault."""
