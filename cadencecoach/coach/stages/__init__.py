"""The stages of a plan: how one begins, what comes in it at its time, and how it ends."""
