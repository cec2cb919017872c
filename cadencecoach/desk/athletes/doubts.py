"""What is odd about values that a person typed: asked about before they are written down, and `--force` says yes.

Nothing here is refused for good: a person may know better. What cannot be is refused where it is read.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from statistics import median

from cadencecoach.errors import NotSureError, UsageError
from cadencecoach.record.entries import BaselineTaken
from cadencecoach.record.progress.measures import at_speed
from cadencecoach.record.row import SessionRow
from cadencecoach.session.host import Person
from cadencecoach.store.protocol import Store
from cadencecoach.units import METRIC, Measures

USUAL_SPM = (130.0, 200.0)  # below it people walk; above it a baseline is a miscount or a sprint (design)
FAR_RATIO = 0.10  # as much as retraining asks for at most; between two runs of one person chance makes 2.5 %
USUAL_MPS = (1.5, 6.0)  # a slow jog, 5.4 km/h, to 21.6 km/h held for twelve minutes (design)
USUAL_S = (60.0, 7200.0)  # less tells nothing; a baseline is 12 to 30 min (design)
LONG_AGO = timedelta(days=365)
COMPARED_RUNS = 5
ROUNDING = 1e-9  # 176 against 160 is 10 %, and not more


def day_doubts(day: date, today: date) -> Iterator[str]:
    """What is odd about the day of something that is written down."""
    if today - day > LONG_AGO:
        yield f"{day} is more than a year ago"


def baseline_doubts(
    taken: BaselineTaken, others: Sequence[BaselineTaken], rows: Iterable[SessionRow], measures: Measures = METRIC
) -> Iterator[str]:
    """What is odd about a baseline run.

    Args:
        taken: about to be written down
        others: baseline runs of the athlete that count
        rows: the athlete's sessions, oldest first
        measures: how the person wants speeds written
    """
    low_spm, high_spm = USUAL_SPM
    if not low_spm <= taken.cadence_spm <= high_spm:
        yield f"{taken.cadence_spm:g} spm is unusual for running (usual: {low_spm:g} to {high_spm:g})"
    low_mps, high_mps = USUAL_MPS
    if taken.speed_mps is not None and not low_mps <= taken.speed_mps <= high_mps:
        yield (
            f"{measures.speed(taken.speed_mps)} is unusual for a baseline run "
            f"(usual: {measures.speed(low_mps)} to {measures.speed(high_mps)})"
        )
    low_s, high_s = USUAL_S
    if taken.duration_s is not None and not low_s <= taken.duration_s <= high_s:
        yield f"{taken.duration_s / 60:g} min is unusual for a baseline run (usual: {low_s / 60:g} to {high_s / 60:g})"
    known = list(_known_spm(taken, others, rows))
    if known and all(_is_far(taken.cadence_spm, spm) for spm, _ in known):
        others_told = " and from ".join(words for _, words in known)
        yield f"{taken.cadence_spm:g} spm is more than {FAR_RATIO * 100:g} % from {others_told}"


def settle_doubts(doubts: Iterable[str], person: Person, *, is_forced: bool) -> None:
    """Ask whether odd values are right; where nobody can be asked, refuse them unless they are forced.

    Raises:
        UsageError: nobody can be asked
        NotSureError: they are not right
    """
    found = () if is_forced else tuple(doubts)
    if found and not person.can_answer:
        raise UsageError(f"{'; '.join(found)}: nothing was written. If it is right, add --force")
    for doubt in found:
        if not person.is_sure(f"{doubt}. Is that right?"):
            raise NotSureError("nothing was written")


def rows_of(store: Store, athlete: str) -> tuple[SessionRow, ...]:
    """The sessions of an athlete that a person ran, oldest first."""
    rows = (row for row in store.rows_of(athlete).rows if row.was_coached)
    return tuple(sorted(rows, key=lambda row: (row.day, row.started)))


def _known_spm(
    taken: BaselineTaken, others: Sequence[BaselineTaken], rows: Iterable[SessionRow]
) -> Iterator[tuple[float, str]]:
    """What else says how this person runs, in steps a minute and in words."""
    apart = [one for one in others if not taken.session or one.session != taken.session]
    same = [one for one in apart if one.surface.casefold() == taken.surface.casefold()]
    if same or apart:
        nearest = min(same or apart, key=lambda one: abs(one.day - taken.day))
        spm = nearest.cadence_spm
        if nearest.speed_mps is not None and taken.speed_mps is not None:
            spm = at_speed(spm, speed_mps=nearest.speed_mps, wanted_mps=taken.speed_mps)
        yield spm, f"the baseline of {nearest.day}, {nearest.cadence_spm:g} spm"
    others_run = (row for row in rows if row.id != taken.session and not row.is_tapped)
    measured = [row.mean_cadence_spm for row in others_run if row.mean_cadence_spm is not None]
    if measured:
        spm = median(measured[-COMPARED_RUNS:])
        yield spm, f"the {spm:.0f} spm that sensors measured in the last runs"


def _is_far(spm: float, known_spm: float) -> bool:
    return abs(spm / known_spm - 1) > FAR_RATIO + ROUNDING
