"""What the lines of a session come to: one fold over them, and those that count, draw and tabulate along."""
