"""The command line: one file a command group, thin. Data goes to stdout, everything else to stderr."""
