"""`python -m cadencecoach`: the command line."""

from cadencecoach.cli.main import entry

if __name__ == "__main__":
    entry()
