"""Programmes in plain words: weeks as a table, a decision with its reasons, a course run through."""
