"""The shared floor of Lajur: what a book is, declared once for the workbook and the server."""
