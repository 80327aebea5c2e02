"""`python -m tests.benchmarks [NAME ...]`: run the benchmarks and print their tables."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.benchmarks.table import print_table


def main(names: list[str]) -> int:
    """Run those whose name contains one of the words, or all; return 1 where a target was missed."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    good = True
    for name in found:
        if names and not any(word in name for word in names):
            continue
        module = importlib.import_module(f"tests.benchmarks.{name}")
        good &= print_table((module.__doc__ or name).splitlines()[0], module.rows())
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
