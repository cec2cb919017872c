"""The caseload: who needs somebody today, and what is done about it."""
