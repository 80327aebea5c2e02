"""Links are made where root, namespaces and the servers are to be had; elsewhere these tests say what is missing."""

from __future__ import annotations

import pytest

from tests.lab.links import available
from tests.lab.peers import missing


@pytest.fixture(scope="session")
def links() -> None:
    """Skip with a word where no link can be made."""
    reason = available() or missing("nginx") or missing("turnserver")
    if reason:
        pytest.skip(reason)
