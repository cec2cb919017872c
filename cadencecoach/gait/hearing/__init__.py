"""Steps from the sound of a treadmill: samples of a microphone in; out come a step rate, or why none can be told.

Needs numpy; import it where sound comes in, not before. Nothing here keeps sound for longer than some seconds.
"""
