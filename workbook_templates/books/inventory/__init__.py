"""The inventory book: stock moves and counts, and what they cost."""
