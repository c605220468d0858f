"""The reports of the ledger, each computed from the central copy."""
