"""The xlwings engine for LibreOffice, tried on a real LibreOffice."""
