"""`cadencecoach plan`: check, show and describe plan files. Everything but click is imported when it is needed."""

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cadencecoach.plan.model import Plan
    from cadencecoach.plan.reading import Checked

EXIT_FOUND_ERRORS, EXIT_UNREADABLE = 1, 2
MAX_PICTURE_COLUMNS = 160
BASELINE = click.FloatRange(100, 240)


@click.group()
def plan() -> None:
    """Check, show and describe plan files."""


@plan.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for all files.")
def check(files: tuple[str, ...], *, as_json: bool) -> int:
    """Tell every mistake in plan files, each with its place.

    FILE may also be the name of a plan that comes with the program.
    The exit status is 0 when there is no error, 1 when there is one, 2 when a file cannot be read.
    """
    checked, complaints = _check_all(files)
    show = _show_json if as_json else _show_findings
    show(checked, len(files))
    for complaint in complaints:
        click.echo(_printable(complaint, sys.stderr), err=True)
    if complaints:
        return EXIT_UNREADABLE
    return EXIT_FOUND_ERRORS if any(one.plan is None for one in checked) else 0


@plan.command()
@click.argument("file")
@click.option("--baseline", "baseline_spm", metavar="SPM", type=BASELINE, help="Show targets in spm for this runner.")
@click.option("--json", "as_json", is_flag=True, help="The plan as one JSON object, repeats written out.")
def show(file: str, baseline_spm: float | None, *, as_json: bool) -> None:
    """Show a plan: its stages, and its targets over time.

    FILE may also be the name of a plan that comes with the program.
    """
    from cadencecoach.app.opening.plan_files import find_plan, open_plan  # noqa: PLC0415

    loaded = open_plan(find_plan(file))
    if as_json:
        _echo_json(_plain(loaded))
    else:
        _draw(loaded, baseline_spm)


@plan.command()
def schema() -> None:
    """Print the JSON Schema of a plan file, for editors."""
    from cadencecoach.plan.language import plan_schema  # noqa: PLC0415

    _echo_json(plan_schema())


def _check_all(files: "Sequence[str]") -> "tuple[list[Checked], list[str]]":
    from cadencecoach.app.opening.plan_files import find_plan, read_plan_file  # noqa: PLC0415
    from cadencecoach.errors import UsageError  # noqa: PLC0415
    from cadencecoach.plan.reading import check_plan  # noqa: PLC0415

    checked, complaints = [], []
    for file in files:
        try:
            path = find_plan(file)
            checked.append(check_plan(read_plan_file(path), str(path)))
        except UsageError as error:
            complaints.append(str(error))
    return checked, complaints


def _show_findings(checked: "Sequence[Checked]", n_files: int) -> None:
    from cadencecoach.plan.findings import rendered  # noqa: PLC0415

    for one in checked:
        for told in filter(None, (one.findings, one.advice)):
            click.echo(_printable(rendered(told, one.source), sys.stdout))
    n_errors, n_warnings, n_advice = _counts(checked)
    n_unread = n_files - len(checked)
    advice = f", {n_advice} advice" if n_advice else ""
    unread = f", {n_unread} unread" if n_unread else ""
    counts = f"{_counted(n_errors, 'error')}, {_counted(n_warnings, 'warning')}{advice}{unread}"
    click.echo(f"{_counted(n_files, 'file')}: {counts}")


def _counts(checked: "Sequence[Checked]") -> tuple[int, ...]:
    """How many errors, warnings and pieces of advice."""
    from cadencecoach.plan.findings import Severity  # noqa: PLC0415

    found = [finding.severity for one in checked for finding in (*one.findings, *one.advice)]
    return tuple(found.count(severity) for severity in Severity)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _show_json(checked: "Sequence[Checked]", n_files: int) -> None:
    findings = [
        {
            "file": one.source,
            "line": finding.line,
            "column": finding.column,
            "severity": finding.severity.value,
            "message": finding.message,
        }
        for one in checked
        for finding in (*one.findings, *one.advice)
    ]
    n_errors, n_warnings, n_advice = _counts(checked)
    counts = {"files": n_files, "errors": n_errors, "warnings": n_warnings, "advice": n_advice}
    _echo_json({**counts, "unread": n_files - len(checked), "findings": findings})


def _echo_json(value: object) -> None:
    import json  # noqa: PLC0415

    click.echo(json.dumps(value, indent=2))  # ASCII, so that every terminal and every pipe takes it


def _plain(value: object) -> object:
    """Dataclasses as JSON knows them. What a value is (a target, a cue) stands beside its fields."""
    from dataclasses import fields, is_dataclass  # noqa: PLC0415
    from enum import Enum  # noqa: PLC0415

    if is_dataclass(value):
        named = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__.lower(), **named}
    if isinstance(value, Enum):
        return value.value
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _draw(loaded: "Plan", baseline_spm: float | None) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from cadencecoach.view.plan_picture import MIN_WIDTH, PLAIN_GLYPHS, plan_picture  # noqa: PLC0415
    from cadencecoach.view.plan_table import length_words, plan_stages  # noqa: PLC0415

    console = Console(highlight=False)
    with console.capture() as capture:
        console.print(Text(loaded.name, style="bold"))
        if loaded.about:
            console.print(Text(loaded.about))
        console.print(Text(f"In all: {length_words(loaded)}"))
        console.print(plan_stages(loaded, baseline_spm))
        if console.width >= MIN_WIDTH:
            console.print(plan_picture(loaded, min(console.width, MAX_PICTURE_COLUMNS), baseline_spm))
    drawn = capture.get()
    click.echo(_printable(drawn, sys.stdout, PLAIN_GLYPHS), nl=False)


def _printable(text: str, stream: object, glyphs: dict[int, str] | None = None) -> str:
    """Text as the terminal or pipe can take it: what it has no character for becomes plain, or an escape."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(glyphs or {}).encode(encoding, "backslashreplace").decode(encoding)
    return text
