"""Athletes on the screen: who is kept, baselines side by side."""
