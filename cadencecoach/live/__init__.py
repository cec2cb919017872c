"""A session with everything live around it: sound, sensors, outputs, the host it runs in."""
