"""`cadencecoach plan import` and `plan export`, each loaded when it is called."""
