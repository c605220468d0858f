"""The sync over bad lines, killed programs, full disks and locked databases; all of it real."""
