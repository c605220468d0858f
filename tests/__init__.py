"""Tests of Lajur, one folder for each kind of question."""
