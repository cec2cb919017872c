"""A plan before it is run: as a table, in words, and as a picture."""
