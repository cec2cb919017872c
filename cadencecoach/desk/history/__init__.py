"""The user's sessions on disk: where they lie, which one is meant, what they add up to."""
