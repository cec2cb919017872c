"""What to do about it: react(state, event) -> (state, actions)."""
