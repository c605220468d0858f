"""How fast the main jobs are, beside a floor and the usual way: `python -m tests.benchmarks`."""
