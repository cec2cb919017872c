"""What is to be heard or seen: a plan, or one session of a programme with the day's values in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cadencecoach.devices.input_file import clean_name
from cadencecoach.errors import UsageError
from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.plan.model import Plan
from cadencecoach.programme.model import Programme
from cadencecoach.store.machine import Machine
from cadencecoach.store.plan_files import find_plan, is_programme, read_plan_file
from cadencecoach.store.programme_files import find_programme, open_programme, packed_programmes

REFRESHER = "refresher"
_NUMBER = re.compile("[0-9]{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A plan to be run.

    Attributes:
        plan: with the values of the day, and the clinician's limits, in it
        header: for the journal's first line: which session of which programme, if it is one
    """

    plan: Plan
    header: Mapping[str, object] = field(default_factory=dict)


def choose_plan(machine: Machine, name: str, session: str | None, baseline_spm: float | None) -> Chosen:
    """A plan by its name, or a session of a programme by its number.

    Args:
        machine: whose own plans have names too
        name: a file, or the name of one that comes with the program
        session: of a programme: its number from 1, or `refresher`; None for a plan
        baseline_spm: the runner's own cadence, if known; the clinician's limit counts from it
    Raises:
        UsageError: there is no such file or session, or it is a programme and no session is named
        PlanError: it has mistakes
    """
    if session is None:
        return Chosen(plan=_plan(machine, name))
    from cadencecoach.programme.header import programme_header  # noqa: PLC0415  # a plan needs none of this
    from cadencecoach.programme.rules.deciding import plan_to_run  # noqa: PLC0415

    _, programme = open_programme(_programme_path(name), machine)
    item = _item(programme, session)
    one = programme.refresher if item is None else programme.sessions[item]
    if one is None:
        raise UsageError(f"--session {REFRESHER}: '{programme.name}' has none")
    return Chosen(
        plan=plan_to_run(one, baseline_spm),
        header={"programme": programme_header(programme, item)},
    )


def _plan(machine: Machine, name: str) -> Plan:
    """A plan; for a programme the way to name one of its sessions."""
    is_ours = name in packed_programmes() and not Path(name).exists()
    path = find_programme(name) if is_ours else find_plan(machine, name)
    raw = read_plan_file(path)
    if not is_programme(raw):
        return load_plan(raw, str(path))
    _, programme = open_programme(path, machine)
    n_runs = len(programme.sessions)
    raise UsageError(
        f"{clean_name(Path(name))} is a programme of {n_runs} runs; choose one with --session 1 to {n_runs}"
    )


def _programme_path(name: str) -> Path:
    path = find_programme(name)
    if not is_programme(read_plan_file(path)):
        raise UsageError(f"{clean_name(Path(name))} is a plan, one session; leave --session out")
    return path


def _item(programme: Programme, session: str) -> int | None:
    """Which session, from 0; None is the refresher."""
    if session == REFRESHER:
        return None
    n_runs = len(programme.sessions)
    if not _NUMBER.fullmatch(session) or not 1 <= int(session) <= n_runs:
        ways = f"'{programme.name}' has 1 to {n_runs}" + (f", and {REFRESHER}" if programme.refresher else "")
        raise UsageError(f"--session {clean_name(Path(session)) or '?'}: {ways}")
    return int(session) - 1
