"""The hr book: see `book.py`."""
