"""What works on this machine, what to do about what does not, and how well the beat is kept."""
