"""What a person opens: one file a page, each a list of rows for the table of routes."""
