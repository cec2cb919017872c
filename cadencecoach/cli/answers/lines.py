"""Lines on standard output that cannot command a terminal: notes are somebody's own words."""

from collections.abc import Iterable

from cadencecoach.cli.printing import show_text


def show_lines(lines: Iterable[str]) -> None:
    """Print them, each made visible."""
    show_text("\n".join(lines))
