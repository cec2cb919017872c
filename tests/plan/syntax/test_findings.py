from each_row import each_row

from cadencecoach.plan.syntax.findings import Finding, Severity, render_findings, visible


def finding(source_line: str, column: int, severity: Severity = Severity.ERROR) -> Finding:
    """A finding on line 7."""
    return Finding(severity=severity, line=7, column=column, message="no; yes", source_line=source_line)


def test_a_finding_shows_place_line_and_caret() -> None:
    """File, line, column, message; the line; a caret under the place."""
    assert finding("beat: onn", 7).text("a.yaml") == "a.yaml:7:7: no; yes\n    beat: onn\n          ^"


def test_a_warning_says_so() -> None:
    """Warnings can be told from errors without colour."""
    assert finding("x", 1, Severity.WARNING).text("a").startswith("a:7:1: warning: no; yes")


@each_row(
    ("source_line", "column", "columns_before"),
    [("\u6f22\u5b57: x", 5, 6), ("e\u0301: x", 4, 2), ("\ta: x", 5, 4), ("a\x1b[1m: x", 8, 10)],
)
def test_the_caret_stands_under_its_place(source_line: str, column: int, columns_before: int) -> None:
    """Wide characters count two columns, combining ones none, escapes as long as they are written."""
    caret = finding(source_line, column).text("a").splitlines()[-1]
    assert caret == "    " + " " * columns_before + "^"


@each_row("column", [1, 50, 99, 500, 4990, 5001])
def test_a_long_line_is_clipped_round_the_caret(column: int) -> None:
    """What is shown is never much wider than a terminal, and the caret is on it."""
    _, line, caret = finding("x" * 5000, column).text("a").splitlines()
    assert max(len(line), len(caret)) < 115
    assert caret.endswith("^")


def test_nothing_commands_the_terminal() -> None:
    """Escapes, bells, marks that turn text around and broken characters are shown, not sent."""
    assert visible("a\x1b[31m\x07\u202e\ud800\tb") == "a\\x1b[31m\\x07\\u202e\\ud800 b"
    assert finding("a", 1).text("b\x1b.yaml").startswith("b\\x1b.yaml:")


def test_a_long_list_is_cut() -> None:
    """Fifty are shown, and how many more there are."""
    lines = render_findings([finding("", 1)] * 53, "a").splitlines()
    assert (len(lines), lines[-1]) == (51, "... and 3 more")
