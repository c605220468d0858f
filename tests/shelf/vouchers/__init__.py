"""Cash vouchers, numbered by the server."""
