"""PT Lajur Contoh: one month of a small trading company, as its people would type it."""
