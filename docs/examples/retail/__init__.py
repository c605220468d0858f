"""A wholesaler's raw invoice lines, laid into workbooks as a clerk would paste them."""
