"""What was prescribed: YAML text to a frozen Plan, and tempo as a function of time."""
