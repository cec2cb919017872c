"""Several runners on one computer: the room's file, and what runs, watches and restarts their sessions."""
