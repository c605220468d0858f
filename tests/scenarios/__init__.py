"""Tests of several parts together, as a company would use them."""
