"""Real things to test against: servers, streams, processes."""
