"""Everything that is kept as one file, and put back from it."""
