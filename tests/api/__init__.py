"""The HTTP face, asked as a program would ask it."""
