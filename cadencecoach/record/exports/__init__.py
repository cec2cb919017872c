"""Files that other programs take: a journal in, bytes out. docs/exports.md says what each holds and what it loses."""
