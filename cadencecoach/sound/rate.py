"""The one form of all our sound. In a file of its own, so that who only needs the numbers need not load numpy."""

FS_HZ = 48_000  # frames a second
FULL_SCALE = 32767  # of 16-bit samples
