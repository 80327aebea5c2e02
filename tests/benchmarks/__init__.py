"""Benchmarks: `make bench`. Each `bench_*.py` has `rows()`, which measures and yields `Row`s; none is a test.

Every figure is a ratio against a reference taken in the same run, so that a slow machine changes nothing.
"""
