"""The server side of Lajur: checks what workbooks send, keeps the central copy and its audit."""
