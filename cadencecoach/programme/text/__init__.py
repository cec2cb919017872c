"""YAML text to a Programme, or every mistake in it: the language, the keys as read, the check."""
