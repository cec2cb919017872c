"""Check-ins: what is asked around a run, by single keys or line by line, and what follows at once."""
