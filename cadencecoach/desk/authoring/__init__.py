"""What is written before anything is run: files out of five answers, lists of what is there, pictures."""
