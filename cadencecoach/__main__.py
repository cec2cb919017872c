"""`python -m cadencecoach`: the command line."""

from cadencecoach.app.cli import entry

if __name__ == "__main__":
    entry()
