"""One session: folds what happens, hands out actions; its loops, at the pace of a clock and in virtual time."""
