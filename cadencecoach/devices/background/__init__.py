"""Work that takes its time, done beside everything else: in processes that never get in the way of a beat."""
