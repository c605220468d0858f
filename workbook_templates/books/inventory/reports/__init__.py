"""The reports of the inventory book."""
