"""The caseload as it is seen: lines of a terminal, a page."""
