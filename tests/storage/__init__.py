"""Tests of the stores: one contract over memory, SQLite and PostgreSQL."""
