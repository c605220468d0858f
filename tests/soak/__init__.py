"""Long runs of the random tests, for nights and releases: `python -m tests.soak`."""
