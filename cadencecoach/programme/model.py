"""What was prescribed for weeks: the programme after reading, checked and frozen. No text and no positions in here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from cadencecoach.plan.model import Plan


class Kind(Enum):
    """What a run of a programme is for."""

    SESSION = "session"
    REASSESSMENT = "reassessment"
    REFRESHER = "refresher"


class Treats(Enum):
    """What is being treated; it picks the gate for pain whose place nobody named, and makes bone a stop."""

    KNEE = "knee"
    TENDON = "tendon"
    BONE = "bone"
    CALF = "calf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """Something to do beside the running.

    Attributes:
        name: as it is ticked off
        kind: `strength`, `mobility` or `drill`
        part: of the body: `calf`, `hip`, `ankle`, ...; empty when not said
        sets: how often
        repetitions: in each set; None where it is timed
        hold_s: how long each repetition or set is held; None where it is counted
        rest_s: between sets
        say: how it is done, in the author's words
    """

    name: str
    kind: str
    part: str = ""
    sets: int = 1
    repetitions: int | None = None
    hold_s: float | None = None
    rest_s: float | None = None
    say: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One run of a programme: a level of its ladder.

    Attributes:
        name: as shown
        kind: what it is for
        plan: what is run, values and limits in it
        target_ratio: highest target above the baseline; None where nothing is asked for
        run_s: how long the stages that are run last
        help_ratio: the help its programme gives it; None where the plan decides
        has_probe: something is measured and not helped
        rest_days: days without a run that follow at least
        exercises: of its day and of the rest days that follow
    """

    name: str
    kind: Kind
    plan: Plan
    target_ratio: float | None = None
    run_s: float = 0.0
    help_ratio: float | None = None
    has_probe: bool = False
    rest_days: int = 0
    exercises: tuple[Exercise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicLimits:
    """What the clinician allows at most; None is no limit of their own.

    Attributes:
        target_ratio: highest target above the baseline
        session_s: longest session
        sessions_a_week: runs in any seven days
    """

    target_ratio: float | None = None
    session_s: float | None = None
    sessions_a_week: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The numbers the rules reckon with. docs/programme-rules.md says where each comes from.

    Attributes:
        clean_pain: pain up to which a session is clean; None is the gate of its place
        sore_from: soreness from which on the runner counts as sore
        clean_sessions: clean sessions at a level before it is left
        probe_ratio: time in band in probes from which on a target may be raised; None asks for no probe
        probe_sessions: in how many sessions running
        adherence_ratio: least part of what was asked for that must have been done
        level_ups_a_week: how often target or minutes may go up in any seven days
        missed_days: so many days without a session, beyond the rest prescribed, are a missed week
        layoff_days: so many days without any run are a layoff
        distance_jump_ratio: a rise of the weekly distance above this proposes a refresher
        refresher_days: how long after the last run of a finished programme a refresher is proposed
    """

    clean_pain: int | None = None
    sore_from: int = 3
    clean_sessions: int = 1
    probe_ratio: float | None = 0.7
    probe_sessions: int = 2
    adherence_ratio: float = 0.7
    level_ups_a_week: int = 2
    missed_days: int = 7
    layoff_days: int = 21
    distance_jump_ratio: float = 0.3
    refresher_days: int = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme as prescribed.

    Attributes:
        name: title
        about: what it is for, may be empty
        sha256: of the text's bytes; goes into every record
        works_on: the one fault; empty when none is named
        cue: the words for it
        treats: what is being treated; None when nothing was named
        limits: set by the clinician
        rules: the numbers of its rules
        sessions: the ladder, in order, at least one; the level of a runner is an index into it
        refresher: what is run after a layoff and the like
        refresher_follows: the refresher takes the target of the level, since the programme names none of its own
        lead_days: days of exercises only before the first session
        lead_exercises: what is done on them
        waived: findings set aside, name -> reason
    """

    name: str
    about: str
    sha256: str
    works_on: str
    cue: str
    treats: Treats | None
    limits: ClinicLimits
    rules: Rules
    sessions: tuple[Session, ...]
    refresher: Session | None
    refresher_follows: bool = False
    lead_days: int = 0
    lead_exercises: tuple[Exercise, ...] = ()
    waived: Mapping[str, str] = field(default_factory=dict)
