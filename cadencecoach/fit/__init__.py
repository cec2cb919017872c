"""FIT as bytes: the wire, and the numbers of the profile that we use. Whoever writes a FIT file does it with this."""
