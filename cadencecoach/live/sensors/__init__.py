"""Sensors over the air as a source of a live session."""
