"""Tests of the workbooks that are made from books."""
