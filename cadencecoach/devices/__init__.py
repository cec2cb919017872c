"""The live edge: sound card, voice process, keyboard, files played as sensors, real clocks."""
