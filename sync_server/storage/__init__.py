"""Where the central copy is kept: in memory (the reference), SQLite or PostgreSQL."""
