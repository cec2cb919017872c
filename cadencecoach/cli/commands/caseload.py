"""`cadencecoach caseload`: who needs somebody today, worst first; alerts owned and closed."""

import sys
from collections.abc import Callable
from typing import Any

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.lazy import Commands
from cadencecoach.cli.printing import show_as_json, show_text, tell

SLOW = 50  # so many athletes that changed take long enough to say so
TOLD_EVERY = 100
STANDARD_OUTPUT = "-"


@click.group("caseload", cls=Commands, invoke_without_command=True)
@click.option("--html", "html", metavar="FILE", callback=options.take_path, help="Write a page; - is standard output.")
@click.option("--practice", is_flag=True, help="Show the practice athletes, who are counted in no caseload.")
@click.option("--owner", metavar="WHO", help="Only patients with an alert that WHO has taken on.")
@click.option("--mine", "is_mine", is_flag=True, help="The same for the account of this computer.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
@options.FORCE
@click.pass_context
def caseload(  # one argument for each option
    context: click.Context,
    *,
    html: str | None,
    practice: bool,
    owner: str | None,
    is_mine: bool,
    as_json: bool,
    force: bool,
) -> None:
    """Show who needs somebody today: one line for each athlete, worst first.

    Sections: Stopped, Ask today, Held, Silent, Due, Fine. Below them stand the open alerts, with the ids that `own` and
    `close` take. Practice athletes are never listed with real ones; where there is nobody else, they are shown as
    practice.
    """
    if context.invoked_subcommand is not None:
        return
    if is_mine and owner is not None:
        raise click.UsageError("--mine and --owner: name one of them")
    from pathlib import Path

    from cadencecoach.desk.caseload.lines import patient_json
    from cadencecoach.desk.caseload.looking import look_at_caseload
    from cadencecoach.desk.history.reporting import page_file
    from cadencecoach.devices.account import account_name
    from cadencecoach.store.athlete_log import today_here
    from cadencecoach.store.user_store import user_store

    store = user_store()
    file = None
    if html is not None and html != STANDARD_OUTPUT:
        file = page_file(store.machine, Path(html), may_replace=force, option="--html")
        file.check()
    found = look_at_caseload(store, today_here(), practice=practice, tell=_tell_slow)
    who = account_name() if is_mine else owner
    if who is not None:
        found = _select_owned(who, found)
    if as_json:
        show_as_json({"patients": [patient_json(one) for one in found.patients]})
    if html is not None:
        _write_page(found, file, html)
    if not as_json and html is None:
        _show(found, store, is_chosen=who is not None)


def _select_owned(who: str, found: Any) -> Any:  # noqa: ANN401  # a Caseload, loaded late
    from dataclasses import replace

    from cadencecoach.clinic.caseload import select_owned

    found = replace(found, patients=select_owned(found.patients, who))
    if found.patients:
        return found
    tell(f"{who} has taken on no open alert")
    return replace(found, n_practice=0)


def _write_page(found: Any, file: Any, name: str) -> None:  # noqa: ANN401  # a Caseload and an OutputFile, loaded late
    """Write the page to the file, or to standard output where there is none."""
    from cadencecoach.view.caseload.page import caseload_page

    page = caseload_page(found.day, found.patients, is_practice=found.is_practice).encode("utf-8", "replace")
    if file is None:
        sys.stdout.buffer.write(page)
    else:
        file.write(page)
        tell(f"{name}: {len(page) / 1000:.0f} kB; open it in a browser")


def _show(found: Any, store: Any, *, is_chosen: bool) -> None:  # noqa: ANN401  # a Caseload and a Store, loaded late
    import shutil

    from cadencecoach.devices.command_line import command_line
    from cadencecoach.store.roster import nobody_yet
    from cadencecoach.view.caseload.lines import caseload_lines
    from cadencecoach.view.glyphs import glyphs_for

    if not found.patients and not found.n_practice:
        if not is_chosen:
            tell(nobody_yet(store))
        return
    glyphs = glyphs_for(sys.stdout.encoding or "ascii")
    columns = shutil.get_terminal_size((80, 24)).columns
    lines = caseload_lines(found.day, found.patients, glyphs, is_practice=found.is_practice, columns=columns)
    show_text("\n".join(lines))
    if any(one.alerts for one in found.patients):
        tell(f"take one on: `{command_line('caseload own NAME ALERT')}`")
    if found.n_practice:
        left_out = "practice athlete is" if found.n_practice == 1 else "practice athletes are"
        tell(f"{found.n_practice} {left_out} left out: `{command_line('caseload --practice')}`")


def _tell_slow(n_done: int, n_all: int) -> None:
    if n_all >= SLOW and n_done == 0:
        tell(f"looking at {n_all} athletes, only where something has changed")
    elif n_done and n_done % TOLD_EVERY == 0 and sys.stderr is not None and sys.stderr.isatty():
        tell(f"{n_done} of {n_all} athletes")


_BY = click.option("--by", metavar="WHO", help="Who does it. Default: the account of this computer.")


def _add_arguments(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.argument("name", metavar="NAME")(click.argument("alert", metavar="ALERT")(_BY(command)))


@caseload.command("own")
@_add_arguments
def own(*, name: str, alert: str, by: str | None) -> None:
    """Take on the ALERT of the athlete NAME: its id, or the first four characters of it."""
    from cadencecoach.desk.caseload.acting import own_alert
    from cadencecoach.devices.account import account_name
    from cadencecoach.devices.clock import wall_time_utc
    from cadencecoach.store.athlete_log import today_here
    from cadencecoach.store.user_store import user_store

    owner = by or account_name()
    taken = own_alert(user_store(), name, alert, owner, at=wall_time_utc(), day=today_here())
    show_text(f"{taken.id}, {taken.words}: {owner} owns it")


@caseload.command("close")
@_add_arguments
@click.option("--reason", default="", metavar="TEXT", help="What was done about it; there is no close without.")
def close(*, name: str, alert: str, by: str | None, reason: str) -> None:
    """Close the ALERT of the athlete NAME with a reason.

    What comes after it raises a new one. Closing ends no stop: a programme that is stopped stays stopped until
    somebody ends the stop (programme end-stop).
    """
    from cadencecoach.desk.caseload.acting import close_alert
    from cadencecoach.devices.account import account_name
    from cadencecoach.devices.clock import wall_time_utc
    from cadencecoach.devices.command_line import command_line
    from cadencecoach.store.athlete_log import today_here
    from cadencecoach.store.user_store import user_store

    closed, is_stopped = close_alert(
        user_store(), name, alert, closed_by=by or account_name(), reason=reason, at=wall_time_utc(), day=today_here()
    )
    show_text(f"{closed.id}, {closed.words}: closed")
    if is_stopped:
        ends = command_line(f'programme end-stop --athlete {name} --because "REASON"')
        tell(f"the programme of {name} is stopped all the same, until somebody ends the stop: `{ends}`")
