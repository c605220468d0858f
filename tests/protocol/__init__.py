"""The promises of the protocol, held by the real client and server through random histories."""
