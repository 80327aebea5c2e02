"""`vcops` and `python -m vcops`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; without a command it opens the UI."""
    from vcops.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
