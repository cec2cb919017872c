"""Files of other programs read into one kind of value."""
