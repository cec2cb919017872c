"""Workouts of other programs: read into plans, and plans written out for them. docs/workouts.md tells what is lost."""
