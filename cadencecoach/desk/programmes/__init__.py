"""Programmes on this machine: found, begun for an athlete, run through in virtual time, and what comes next."""
