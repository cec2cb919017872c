"""A runner's own songs: where their beats are. numpy only: it is handed samples, and opens no file."""
