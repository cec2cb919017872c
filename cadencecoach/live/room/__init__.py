"""Several runners on one computer: what stands in the room's file, and what runs, watches and restarts their sessions."""
