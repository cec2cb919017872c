"""A session in the terminal: a picture of characters, and words."""
