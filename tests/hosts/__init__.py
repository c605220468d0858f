"""Tests of single hosts."""
