"""Tests of the inventory book."""
