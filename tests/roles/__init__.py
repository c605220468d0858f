"""Who may do what, as the administrator is told it."""
