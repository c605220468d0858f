"""Tests of the core by itself, over the store in memory."""
