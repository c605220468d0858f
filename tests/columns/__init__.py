"""Tests of the column kinds: what is read, what is refused, what comes back."""
