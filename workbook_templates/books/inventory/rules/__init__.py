"""The rules of the inventory book beyond what every sheet is checked for."""
