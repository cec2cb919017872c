"""What to do about it: react(state, event) -> (state, actions).

In and out: events, actions. What is remembered: state, and its parts stage, pain, attention, ladder, speeds, footfalls,
clicks, ordered_beat, metronome. Moves over it: step, and above it tempo and in_step (the beat), judging, due, following
and grading (the cadence), entering, leaving, baseline and timed_cues (stages), feet, keys, pain_keys. Coaches made of
moves: react and metronome_alone, whose actions leave by the door.
"""
