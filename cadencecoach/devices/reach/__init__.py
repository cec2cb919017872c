"""How a running session is found and spoken to by other programs of the same user."""
