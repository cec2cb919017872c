"""Where spoken words come from besides espeak-ng: a disk cache, recorded words, the system, piper."""
