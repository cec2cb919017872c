"""What decides tomorrow: rules on the body, on gaps and on the work done, in one table; and what they come to."""
