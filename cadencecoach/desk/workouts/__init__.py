"""Workouts of other programs at the command line: files in, files out."""
