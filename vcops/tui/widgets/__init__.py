"""What places are built of: table, filter, choice, empty state, words for verdicts."""
