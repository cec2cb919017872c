"""Today's run of an athlete: what is to be run, what is said around it, what is written down of it."""
