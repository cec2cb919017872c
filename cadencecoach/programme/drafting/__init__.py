"""A plan or a programme written out of five answers, as text for a person to go on with."""
