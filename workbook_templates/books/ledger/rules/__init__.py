"""What the ledger refuses, one file a subject; each rule gives problems and changes nothing."""
