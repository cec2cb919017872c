"""A session that can be reached while it runs: what it sends, and what it takes."""
