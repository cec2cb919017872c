"""`cadencecoach cohort simulate`: policies on the same simulated runners, in closed loop through the coach."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.commands.cohort.progress import tell_courses
from cadencecoach.cli.printing import show_as_json, show_text, tell
from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    from cadencecoach.cohort.pool import Pool
    from cadencecoach.cohort.population.courses import Size

FULL = (200, 20)
LEAST_FACTOR, MOST_FACTOR = 0.1, 10.0
EXIT_CLAIM_FAILS = 1


@click.command("simulate")
@click.option(
    "--runners",
    "n_runners",
    type=click.IntRange(1),
    default=40,
    show_default=True,
    help="How many runners for each seed.",
)
@click.option(
    "--sessions",
    "n_sessions",
    type=click.IntRange(1),
    default=8,
    show_default=True,
    help="How many sessions for each runner.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of the first population.")
@click.option(
    "--seeds", "n_seeds", type=click.IntRange(1), default=1, show_default=True, help="How many seeds in a row."
)
@click.option("--full", is_flag=True, help="200 runners, 20 sessions: over an hour.")
@click.option("--sensitivity", is_flag=True, help="Halve and double every assumed number.")
@click.option("--assumptions", is_flag=True, help="Print the table of the runner's numbers.")
@click.option("--scale", "scales", multiple=True, metavar="NAME=FACTOR", help="Change an assumption.")
@click.option(
    "--keep",
    metavar="FILE",
    callback=options.take_path,
    help="Save each course in FILE when it is done, and continue from there.",
)
@options.CLUSTER
@click.option("--json", "as_json", is_flag=True, help="Print all counts as JSON.")
def simulate(  # noqa: PLR0913  # the population is made of these
    *,
    n_runners: int,
    n_sessions: int,
    seed: int,
    n_seeds: int,
    full: bool,
    sensitivity: bool,
    assumptions: bool,
    scales: tuple[str, ...],
    keep: str | None,
    cluster: str | None,
    as_json: bool,
) -> int:
    """Coach a population of simulated runners under several policies, and compare the policies.

    It is a simulation: docs/simulation.md says what is assumed, what is shared with a live session, and what came of
    it. The same seed gives the same numbers, on one process or on many. The exit status is 1 if a claim fails.
    """
    from cadencecoach.cohort.pool import open_pool
    from cadencecoach.cohort.population.courses import Size
    from cadencecoach.cohort.population.report import FIRST_LINE
    from cadencecoach.cohort.population.traits import assumptions_table

    if assumptions:
        show_text(assumptions_table())
        return 0
    runners, sessions = FULL if full else (n_runners, n_sessions)
    size = Size(
        n_runners=runners,
        n_sessions=sessions,
        seeds=tuple(range(seed, seed + n_seeds)),
        scaled=dict(map(_factor, scales)),
    )
    kept = None if keep is None else _kept_file(Path(keep))
    (tell if as_json else show_text)(FIRST_LINE)
    with open_pool(cluster) as pool:
        if sensitivity:
            return _show_sensitivity(size, pool, kept)
        return _show_courses(size, pool, kept, as_json=as_json)


def _show_sensitivity(size: "Size", pool: "Pool", kept: Path | None) -> int:
    from cadencecoach.cohort.population.sensitivity import sensitivity

    for line in sensitivity(size, pool=pool, path=kept, tell=tell_courses):
        show_text(line)
    return 0


def _show_courses(size: "Size", pool: "Pool", kept: Path | None, *, as_json: bool) -> int:
    from cadencecoach.cohort.population.figures import claims
    from cadencecoach.cohort.population.kept import kept_courses
    from cadencecoach.cohort.population.report import lines

    try:
        courses = kept_courses(tuple(size.jobs()), pool=pool, path=kept, tell=tell_courses)
    except KeyboardInterrupt:
        tell("interrupted" + ("" if kept is None else "; the same command goes on where it was"))
        raise
    if as_json:
        show_as_json([{**asdict(one), "answers": one.answers.value} for one in courses])
    else:
        told = f"{size.n_runners} runners, {size.n_sessions} sessions of 30 min, seeds {size.seeds}"
        show_text("\n".join((told, f"{len(size.policies)} policies", *lines(courses))))
    return 0 if all(claim.holds for claim in claims(courses)) else EXIT_CLAIM_FAILS


def _kept_file(path: Path) -> Path:
    """The file of courses: a new one, or one of such courses, which is added to."""
    from cadencecoach.cohort.population.kept import is_kept
    from cadencecoach.store.placing import output_file
    from cadencecoach.store.user_store import user_machine

    file = output_file(user_machine(), path, "--keep", may_replace=False, can_force=False, is_ours=is_kept)
    file.check()
    return file.path


def _factor(text: str) -> tuple[str, float]:
    from cadencecoach.cohort.population.traits import ASSUMPTIONS

    name, _, factor = text.partition("=")
    units = {one.name: one.unit for one in ASSUMPTIONS}
    if name not in units:
        raise UsageError(f"--scale {text}: no such assumption; allowed: {', '.join(units)}")
    try:
        value = float(factor)
    except ValueError:
        raise UsageError(f"--scale {text}: write for example {name}=0.5") from None
    low = 0.0 if units[name] == "ratio" else LEAST_FACTOR  # no time is zero
    if not low <= value <= MOST_FACTOR:
        raise UsageError(f"--scale {text}: allowed is {low:g} to {MOST_FACTOR:g}")
    return name, value
