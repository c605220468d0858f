"""Tests of the workbook side."""
