"""The shell: one session folds events and hands out actions; wiring and command line."""
