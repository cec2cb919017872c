"""The caseload of a store on a day."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cadencecoach.clinic.caseload import Section, Standing, worst_first
from cadencecoach.desk.caseload.keeping import kept_lines
from cadencecoach.desk.history.reading import TellRatio
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.protocol import Store, TellProgress


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """Everybody of a store on a day.

    Attributes:
        day: which
        patients: the worst first
        is_practice: they are practice athletes, and nobody real is among them
        n_practice: practice athletes that were left out
    """

    day: date
    patients: tuple[Standing, ...]
    is_practice: bool
    n_practice: int

    def in_section(self, section: Section) -> tuple[Standing, ...]:
        """Those of a section, the worst first."""
        return tuple(one for one in self.patients if one.section is section)


def look_at_caseload(
    store: Store, today: date, *, practice: bool = False, tell: TellProgress = lambda _done, _all: None
) -> Caseload:
    """Where everybody stands.

    Practice athletes never stand among real ones. They are shown where they are asked for, and where nobody else is.

    Args:
        store: where athletes are kept
        today: by the calendar of this machine
        practice: the practice athletes instead of the real ones
        tell: called with how many of how many were worked out anew
    """
    every = tuple(kept_lines(store, today, tell))
    real = tuple(one for one in every if not one.is_practice)
    made_up = tuple(one for one in every if one.is_practice)
    is_shown = practice or (not real and bool(made_up))
    return Caseload(
        day=today,
        patients=worst_first(made_up if is_shown else real),
        is_practice=is_shown,
        n_practice=0 if is_shown else len(made_up),
    )


def keep_lines(tell_ratio: TellRatio, path: Path, store: Store) -> None:
    """Work out the lines of all athletes, and keep them for a look; the file only says how many there are."""
    found = look_at_caseload(store, today_here(), tell=lambda n_done, n_all: tell_ratio(n_done / n_all))
    path.write_text(str(len(found.patients)), encoding="ascii")
