"""The payroll book, sentence by sentence."""
