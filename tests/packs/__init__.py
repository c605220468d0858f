"""Tests of the rule packs and of the calculations over them."""
