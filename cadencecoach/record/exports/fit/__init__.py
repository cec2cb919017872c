"""Sessions as FIT activities: the profile, the wire, the file. docs/decisions/0056 says why by hand."""
