"""Tests of the hr book."""
