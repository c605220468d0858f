"""The HTTP face: routes under /v1, problems as RFC 9457, people by token."""
