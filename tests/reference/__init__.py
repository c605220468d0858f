"""Tests of the descriptions that are made from the declarations."""
