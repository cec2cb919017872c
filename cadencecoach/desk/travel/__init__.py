"""One athlete as one file that travels: packed, opened with suspicion, compared, taken in."""
