"""A workout written out as a plan, with a note for everything a plan cannot hold."""
