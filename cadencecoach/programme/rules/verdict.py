"""What may follow from the rules, and how a rule says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cadencecoach.programme.facts import Facts


class Verdict(Enum):
    """What follows."""

    STOP = "stop"
    STEP_BACK = "step back"
    REFRESHER = "refresher"
    HOLD = "hold"
    BEGIN = "begin"
    ADVANCE = "advance"
    REST = "rest"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """What a rule has to say.

    Attributes:
        text: the values that decided, in one sentence
        days_off: days without a run, whatever the programme says
        since: the day they count from; None is the day of the last session
        levels: by how many it steps back, where it does
    """

    text: str
    days_off: int = 0
    since: date | None = None
    levels: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the table.

    Attributes:
        name: as the reasons call it
        when: what it looks at, in words; {} stand for the usual numbers
        verdict: what follows
        then: what follows beside the verdict, in words; may be empty
        stands_for: how long what it looks at decides, in words
        source: where it comes from
        check: None when it has nothing to say
    """

    name: str
    when: str
    verdict: Verdict
    then: str
    stands_for: str
    source: str
    check: Callable[[Facts], Say | None]
