"""What athletes and sessions are kept in: looked at, copied, made ready."""
