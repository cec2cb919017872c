"""One patient: everything a clinician looks up about them, and what they write down."""
