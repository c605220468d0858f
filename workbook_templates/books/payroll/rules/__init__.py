"""What the rows of the payroll book must satisfy."""
