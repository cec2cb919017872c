"""The first time: a few questions, and what to do after them."""
