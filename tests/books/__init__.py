"""What each book promises, as sentences."""
