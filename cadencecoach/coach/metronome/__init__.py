"""The metronome alone: a second coach over the same memory, and the beat that a key moves."""
