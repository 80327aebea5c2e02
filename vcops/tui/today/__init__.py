"""Today: what is on now, what comes next, which rooms are ready."""
