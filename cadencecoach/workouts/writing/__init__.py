"""A plan written out for other programs, with a note for everything they cannot hold."""
