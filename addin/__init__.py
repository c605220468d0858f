"""The workbook side of Lajur: reads a workbook, syncs it with the server, shows the problems."""
