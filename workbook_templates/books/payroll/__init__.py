"""Payroll: what employees are paid, the pay runs and their payslips."""
