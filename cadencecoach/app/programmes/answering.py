"""What comes next, where the athlete stands, what happened: printed, as lines or as JSON."""

import json
import sys
from collections.abc import Iterable
from datetime import date

import click

from cadencecoach.app.outcome import tell
from cadencecoach.app.printing import printable
from cadencecoach.app.programmes.store import UnderWay
from cadencecoach.plan.findings import visible
from cadencecoach.record.entry_lines import line_of_entry
from cadencecoach.view.programme.decisions import decision_json, decision_lines
from cadencecoach.view.programme.standing import log_lines, status_json, status_lines


def show_decision(now: UnderWay, today: date, *, as_json: bool) -> None:
    """What `next` says."""
    tell(now.notes)
    decision = now.decision(today)
    if as_json:
        _show_json({"athlete": now.athlete, **decision_json(decision, now.programme, today)})
    else:
        _show(decision_lines(decision, now.programme, today))


def show_status(now: UnderWay, today: date, *, as_json: bool) -> None:
    """What `status` says."""
    tell(now.notes)
    decision = now.decision(today)
    status = status_json(now.programme, now.rows, now.log, decision, today)
    if as_json:
        _show_json({"athlete": now.athlete, **status})
    else:
        _show(status_lines(status, now.programme, decision))


def show_log(now: UnderWay, *, as_json: bool) -> None:
    """What `log` lists."""
    tell(now.notes)
    if as_json:
        _show_json({"athlete": now.athlete, "entries": [line_of_entry(entry) for entry in now.log]})
    else:
        _show(log_lines(now.programme, now.rows, now.log))


def _show(lines: Iterable[str]) -> None:
    """Lines that cannot command a terminal: notes are somebody's own words."""
    click.echo(printable("\n".join(visible(line) for line in lines), sys.stdout))


def _show_json(value: object) -> None:
    click.echo(json.dumps(value, indent=2))
