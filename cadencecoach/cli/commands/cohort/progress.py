"""How far a piece of work on many sessions is, where somebody looks on."""

import sys

from cadencecoach.cli.printing import tell


def tell_sessions(n_done: int, n_all: int) -> None:
    """Tell it, where somebody looks on."""
    if sys.stderr is not None and sys.stderr.isatty():
        tell(f"{n_done} of {n_all} sessions")


def tell_courses(n_done: int, n_all: int) -> None:
    """The same of simulated courses."""
    if sys.stderr is not None and sys.stderr.isatty():
        tell(f"{n_done} of {n_all} courses")
