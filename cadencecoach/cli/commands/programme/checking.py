"""`cadencecoach programme check`: every mistake at once."""

from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands.checking import count_words, exit_status, show_json
from cadencecoach.cli.printing import show_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cadencecoach.programme.text.reading import CheckedProgramme


@click.command("check")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for all files.")
def check(files: tuple[str, ...], *, as_json: bool) -> int:
    """List every mistake in programme files and the plans they name, with its line and column.

    The exit status is 0 when there is no error, 1 when there is one, 2 when a file cannot be read.
    """
    from cadencecoach.errors import UsageError
    from cadencecoach.store.programme_files import check_programme_file, find_programme
    from cadencecoach.store.user_store import user_machine

    checked, complaints = [], []
    for file in files:
        try:
            checked.append(check_programme_file(find_programme(file), user_machine())[1])
        except UsageError as error:
            complaints.append(str(error))
    show = _show_json if as_json else _show_findings
    show(checked, len(files))
    return exit_status(complaints, has_errors=any(one.programme is None for one in checked))


def _show_findings(checked: "Sequence[CheckedProgramme]", n_files: int) -> None:
    from cadencecoach.plan.syntax.findings import errors_in

    for one in checked:
        if one.all_findings:
            show_text(one.text())
    n_errors = sum(len(errors_in(one.all_findings)) for one in checked)
    n_warnings = sum(len(one.all_findings) for one in checked) - n_errors
    n_unread = n_files - len(checked)
    unread = f", {n_unread} unread" if n_unread else ""
    show_text(
        f"{count_words(n_files, 'programme')}: {count_words(n_errors, 'error')}, "
        f"{count_words(n_warnings, 'warning')}{unread}"
    )


def _show_json(checked: "Sequence[CheckedProgramme]", n_files: int) -> None:
    placed = [(source, finding) for one in checked for source, findings in one.by_file for finding in findings]
    n_errors = sum(finding.severity.value == "error" for _, finding in placed)
    counts = {"files": n_files, "errors": n_errors, "warnings": len(placed) - n_errors}
    show_json(placed, {**counts, "unread": n_files - len(checked)})
