"""The sync of one company, pure: no database, no HTTP, no clock, no random."""
