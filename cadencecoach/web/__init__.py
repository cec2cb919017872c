"""The page in a browser: a server on this machine that shows sessions, starts them and passes keys on."""
