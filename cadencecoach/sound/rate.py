"""The one rate of all our sound. In a file of its own, so that who only needs the number need not load numpy."""

FS_HZ = 48_000  # frames a second
