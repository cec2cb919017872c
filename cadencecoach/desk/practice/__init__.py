"""Practice: weeks of a made-up athlete, lived in seconds."""
