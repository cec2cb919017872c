"""What `plan check` and `programme check` share: how findings are counted, told to a program, and end the command."""

from typing import TYPE_CHECKING

from cadencecoach.cli.printing import show_as_json, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cadencecoach.plan.syntax.findings import Finding

EXIT_FOUND_ERRORS, EXIT_UNREADABLE = 1, 2


def count_words(number: int, word: str) -> str:
    """A number and its word, in the plural unless it is one."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def show_json(placed: "Iterable[tuple[str, Finding]]", counts: "Mapping[str, int]") -> None:
    """Print one JSON object for all files: the counts, and every finding with the file it stands in."""
    findings = [
        {
            "file": source,
            "line": finding.line,
            "column": finding.column,
            "severity": finding.severity.value,
            "message": finding.message,
        }
        for source, finding in placed
    ]
    show_as_json({**counts, "findings": findings})


def exit_status(complaints: "Sequence[str]", *, has_errors: bool) -> int:
    """Tell of the files that could not be read; the exit status of the check."""
    for complaint in complaints:
        tell(complaint)
    return EXIT_UNREADABLE if complaints else EXIT_FOUND_ERRORS if has_errors else 0
