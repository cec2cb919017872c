"""The program at a shell: click, a screen, lines. Nothing else prints."""
