"""From the words of the command line to everything a session needs before it begins."""
