"""What is kept of an athlete on this machine: the folder, the log, the programme in force."""
