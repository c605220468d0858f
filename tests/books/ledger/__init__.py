"""The ledger book."""
