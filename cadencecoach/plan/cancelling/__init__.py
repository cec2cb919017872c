"""Settings that cancel each other: each asks for something, and together they come to nothing, or to the opposite."""
