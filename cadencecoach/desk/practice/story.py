"""What happens to a practice athlete over the days of a programme: a story, as values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from cadencecoach.record.entries import Moment


class Act(Enum):
    """What a clinician does in a story; each needs its reason."""

    SET_AGAIN = "set again"  # the same programme: it ends a stop, and the level stays
    START_FROM = "start from"  # a session by its number
    COUNT_FROM_NEW = "count from new"
    OWN_ALERTS = "own alerts"  # all that are open
    CLOSE_ALERTS = "close alerts"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicianAct:
    """One act of a clinician.

    Attributes:
        act: which
        because: the reason, or what was done
        by: who
        session: to start from, counted from 1; 0 for every other act
    """

    act: Act
    because: str
    by: str = "clinician"
    session: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDay:
    """One day as it differs from a usual one.

    Attributes:
        runs: a session that is due is run
        is_silent: neither a run nor an answer
        answers: check-ins are answered
        ticks: exercises are done
        said: what is answered otherwise than usual, by moment: fields of a check-in
        own_run_s: of a run of their own, where no session is due; 0 for none
        runner: settings of the simulated runner on this day; empty for the usual ones
        shoes: named with the run; empty where none are
        sensor: that is heard on this day; empty for the usual one
        acts: of the clinician, in the morning
    """

    runs: bool = True
    is_silent: bool = False
    answers: bool = True
    ticks: bool = True
    said: Mapping[Moment, Mapping[str, Any]] = field(default_factory=dict)
    own_run_s: float = 0.0
    runner: str = ""
    shoes: str = ""
    sensor: str = ""
    acts: tuple[ClinicianAct, ...] = ()


USUAL_DAY = StoryDay()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Some days in a row.

    Attributes:
        first, last: counted from 1
        from_end: the last so many days instead; 0 counts from the beginning
    """

    first: int = 1
    last: int = 1
    from_end: int = 0

    def holds(self, number: int, n_days: int) -> bool:
        """Whether a day is one of them.

        Args:
            number: of the day, from 1
            n_days: of the whole story
        """
        if self.from_end:
            return n_days - self.from_end < number <= n_days
        return self.first <= number <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story.

    Attributes:
        name: title
        about: what it shows, in a sentence
        runner: settings of the simulated runner; empty for the usual ones
        learns: part of the change that stays in the end, 0 to 1
        programme: it is meant for; empty for any
        days: what is otherwise than usual, and when; of two that speak of one day both hold, the later one first
    """

    name: str
    about: str = ""
    runner: str = ""
    learns: float = 0.9
    programme: str = ""
    days: tuple[tuple[Span, StoryDay], ...] = ()

    def day(self, number: int, n_days: int) -> StoryDay:
        """One day, counted from 1, of so many."""
        return _join(one for span, one in self.days if span.holds(number, n_days))


def _join(days: Iterable[StoryDay]) -> StoryDay:
    """What several say of one day: each word that differs from the usual, the later one's where two do."""
    joined = USUAL_DAY
    for one in days:
        said = {moment: {**joined.said.get(moment, {}), **one.said.get(moment, {})} for moment in Moment}
        joined = replace(
            joined,
            runs=joined.runs and one.runs,
            is_silent=joined.is_silent or one.is_silent,
            answers=joined.answers and one.answers,
            ticks=joined.ticks and one.ticks,
            said={moment: values for moment, values in said.items() if values},
            own_run_s=one.own_run_s or joined.own_run_s,
            runner=one.runner or joined.runner,
            shoes=one.shoes or joined.shoes,
            sensor=one.sensor or joined.sensor,
            acts=(*joined.acts, *one.acts),
        )
    return joined
