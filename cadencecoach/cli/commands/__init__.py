"""The commands, one a file. Each imports what it needs when it is called, so that `--help` is there at once."""
