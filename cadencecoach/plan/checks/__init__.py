"""What a plan is checked for: limits, advice, settings that cancel each other; and the door that reads a plan."""
