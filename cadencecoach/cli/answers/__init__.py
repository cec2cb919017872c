"""What commands answer, printed: lines and tables for a person, JSON for a program."""
