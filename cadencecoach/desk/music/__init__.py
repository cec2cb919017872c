"""A runner's own music: its beats found and kept, heard with clicks on them, and mended by taps."""
