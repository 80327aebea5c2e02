"""`vcops` and `python -m vcops`."""

from __future__ import annotations

import gc
import os
import sys

_ALLOCATIONS = 50_000
"""Objects made between two searches for cycles. Starting makes a hundred thousand that stay, and Python would search
them two hundred times, for a twentieth of the whole start; what lies about between two searches is some megabytes."""


def main() -> None:
    """Run the command line; without a command it opens the UI."""
    gc.set_threshold(_ALLOCATIONS, 10, 10)
    # Nobody plugs anything into pydantic here, and to look for it reads what every installed package says of itself.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from vcops.cli.main import run

    status = run(sys.argv[1:])
    gc.freeze()  # Python would search all of it for cycles three times more before it ends
    sys.exit(status)


if __name__ == "__main__":
    main()
