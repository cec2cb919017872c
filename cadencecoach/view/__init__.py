"""What is seen: state to a plain view model to a screen."""
