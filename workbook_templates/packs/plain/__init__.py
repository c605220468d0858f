"""No country's rules: a small general chart of accounts and no tax."""
