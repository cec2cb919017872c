"""Simulated runners in closed loop through the coach: a population of them under several policies."""
