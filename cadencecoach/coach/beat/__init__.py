"""The beat: which tempo it has, how it clicks, and where it meets the feet."""
