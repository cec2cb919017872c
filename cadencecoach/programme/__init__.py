"""Weeks: a programme as text, the rules of a clinician, tomorrow decided from what happened. Pure; opens no file."""
