"""Where everything of a user is kept, and the one way in and out."""
