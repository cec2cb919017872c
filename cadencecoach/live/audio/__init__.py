"""What hears a session: nothing, a sound file, or a sound card; the same performer before each of them."""
