"""Tests of the shared floor: locale, money, row ids, merge."""
