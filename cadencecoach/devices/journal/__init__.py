"""The journal's files: where they stand, how they are written, read, and ended when they broke off."""
