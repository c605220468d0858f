"""Tests of the code itself: which floor imports which, and the house rules."""
