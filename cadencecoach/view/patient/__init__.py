"""One patient, for the clinician: drawn."""
