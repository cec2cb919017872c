"""Many athletes at once: tables for research, whose numbers are those of the reports."""
