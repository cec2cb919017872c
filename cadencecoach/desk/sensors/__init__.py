"""What `sensors` and `doctor` do, behind their commands."""
