"""The ledger: chart of accounts, journal, invoices, bills, payments, and the statements."""
