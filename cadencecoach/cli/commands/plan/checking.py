"""`cadencecoach plan check`: every mistake at once. Everything but click is imported when it is needed."""

from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands.checking import count_words, exit_status, show_json
from cadencecoach.cli.printing import show_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cadencecoach.plan.checks.reading import Checked


@click.command("check")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for all files.")
def check(files: tuple[str, ...], *, as_json: bool) -> int:
    """List every mistake in plan files, with its line and column.

    The exit status is 0 when there is no error, 1 when there is one, 2 when a file cannot be read.
    """
    checked, complaints = _check_all(files)
    show = _show_json if as_json else _show_findings
    show(checked, len(files))
    return exit_status(complaints, has_errors=any(one.plan is None for one in checked))


def _check_all(files: "Sequence[str]") -> "tuple[list[Checked], list[str]]":
    from cadencecoach.devices.command_line import command_line, quote
    from cadencecoach.devices.input_file import clean_name
    from cadencecoach.errors import UsageError
    from cadencecoach.plan.checks.reading import check_plan
    from cadencecoach.store.plan_files import find_plan, is_programme, read_plan_file
    from cadencecoach.store.user_store import user_machine

    checked, complaints, machine = [], [], user_machine()
    for file in files:
        try:
            path = find_plan(machine, file)
            raw = read_plan_file(path)
        except UsageError as error:
            complaints.append(str(error))
            continue
        if is_programme(raw):
            check = command_line(f"programme check {quote(file)}")
            complaints.append(f"{clean_name(path)} is a programme; check it with `{check}`")
        else:
            checked.append(check_plan(raw, str(path)))
    return checked, complaints


def _show_findings(checked: "Sequence[Checked]", n_files: int) -> None:
    from cadencecoach.plan.syntax.findings import render_findings

    for one in checked:
        for told in filter(None, (one.findings, one.advice)):
            show_text(render_findings(told, one.source))
    n_errors, n_warnings, n_advice = _counts(checked)
    n_unread = n_files - len(checked)
    advice = f", {n_advice} advice" if n_advice else ""
    unread = f", {n_unread} unread" if n_unread else ""
    counts = f"{count_words(n_errors, 'error')}, {count_words(n_warnings, 'warning')}{advice}{unread}"
    show_text(f"{count_words(n_files, 'file')}: {counts}")


def _counts(checked: "Sequence[Checked]") -> tuple[int, ...]:
    """How many errors, warnings and pieces of advice."""
    from cadencecoach.plan.syntax.findings import Severity

    found = [finding.severity for one in checked for finding in (*one.findings, *one.advice)]
    return tuple(found.count(severity) for severity in Severity)


def _show_json(checked: "Sequence[Checked]", n_files: int) -> None:
    n_errors, n_warnings, n_advice = _counts(checked)
    counts = {"files": n_files, "errors": n_errors, "warnings": n_warnings, "advice": n_advice}
    placed = ((one.source, finding) for one in checked for finding in (*one.findings, *one.advice))
    show_json(placed, {**counts, "unread": n_files - len(checked)})
