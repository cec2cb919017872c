"""The server's life, and what it is put together from."""
