"""What the feet did: bytes to readings to a cadence estimate with age and quality; a model of a runner."""
