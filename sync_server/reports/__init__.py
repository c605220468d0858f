"""Reports computed from the central copy, and the files in which they are handed on."""
