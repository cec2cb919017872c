"""A store that several use, as one computer has it: what is written here first, and what was read last."""
