"""Sessions in virtual time and metronomes, from a request to their outcome."""
