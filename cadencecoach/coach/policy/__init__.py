"""What is made of the runner's cadence and speed: when to speak, how, and when to leave it."""
