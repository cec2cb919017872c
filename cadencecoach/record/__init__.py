"""What happened: the lines of the journal, and the summary of a session. Text in, values out; opens no file."""
