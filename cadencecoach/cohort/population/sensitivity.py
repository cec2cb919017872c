"""Where the claims no longer hold: every assumed number halved and doubled, and the guidance effect switched off.

To save time only ours, the beat and the watch are run: the claims compare with these, the first by far the best of the
others in time in band.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cadencecoach.cohort.pool import Pool
from cadencecoach.cohort.population.courses import Size
from cadencecoach.cohort.population.figures import Claim, claims
from cadencecoach.cohort.population.kept import kept_courses
from cadencecoach.cohort.population.policies import BEAT, OURS, WATCH
from cadencecoach.cohort.population.traits import ASSUMPTIONS
from cadencecoach.store.protocol import TellProgress

COMPARED = (BEAT.name, WATCH.name, OURS.name)
HALVED, DOUBLED, OFF = 0.5, 2.0, 0.0


def variants() -> Iterator[tuple[str, dict[str, float]]]:
    """What is tried: a name, and the factors."""
    yield "as assumed", {}
    yield "no guidance effect", {"guidance_share": OFF}
    for one in ASSUMPTIONS:
        if one.is_assumed:
            yield f"{one.name} halved", {one.name: HALVED}
            yield f"{one.name} doubled", {one.name: DOUBLED}


def sensitivity(size: Size, *, pool: Pool, path: Path | None, tell: TellProgress) -> Iterator[str]:
    """A line for each variant; a claim that no longer holds has a star."""
    yield f"{'':<28}{'behind, whole':>16}{'behind, work':>16}{'cues, share':>16}{'probes, points':>16}"
    for name, scaled in variants():
        jobs = tuple(replace(size, scaled=scaled, policies=COMPARED).jobs())
        courses = kept_courses(jobs, pool=pool, path=path, tell=tell)
        yield f"{name:<28}" + "".join(f"{_cell(claim):>16}" for claim in claims(courses))


def _cell(claim: Claim) -> str:
    return f"{claim.figure:.2f}{' ' if claim.holds else '*'}"
