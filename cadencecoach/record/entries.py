"""What is known of an athlete beside the journals: the entries of a log, each one frozen, oldest first.

A log is JSON Lines like a journal (docs/athletes.md). Its entries carry the wall time they were made at, a label, and
the day they speak about by the runner's calendar, which is what programmes reckon with.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cadencecoach.gait.sources import error_of
from cadencecoach.gait.taps import MARKED_SPM

STARTED = "started"  # why a first programme was set
SET_BY_HAND = "set by hand to"  # how the reason of a level begins that a person set together with a programme


class Moment(Enum):
    """When a check-in was made, seen from the run."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    MORNING = "morning"  # the day after


class Site(Enum):
    """Where it hurts."""

    SHIN = "shin"
    CALF = "calf"
    ACHILLES = "achilles"
    KNEE = "knee"
    HIP = "hip"
    FOOT = "foot"
    OTHER = "other"


class Flag(Enum):
    """A sign that ends a session at once and sends the runner to the clinician. Not a diagnosis."""

    SHARP = "sharp"
    LIMP = "limp"
    SWELLING = "swelling"
    NIGHT = "night pain"
    ACUTE_CALF = "acute calf"
    UNWELL = "unwell"  # something is wrong that is on no scale: dizziness, chest pain, a fall


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What every entry has. Two entries are equal if they say the same, whoever wrote them where.

    Attributes:
        at: wall time, ISO 8601 in UTC, ending in Z: a label
        day: the day it speaks about, by the runner's calendar
        id: as the program that wrote it named it; empty in logs of older programs, and until it is written
        author: who wrote it: a name of their choosing, or a role; empty in logs of older programs
        device: the machine it was written on, by a name drawn by chance; empty in logs of older programs
        supersedes: ids of the entries of its kind that it takes the place of
    """

    at: str
    day: date
    id: str = field(default="", compare=False)
    author: str = field(default="", compare=False)
    device: str = field(default="", compare=False)
    supersedes: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn(Written):
    """What the runner says of the body. None is "not asked" or "not answered", never zero.

    Attributes:
        moment: before, during, after, or the morning after
        session: id of the session it belongs to; empty for none
        pain: 0 (none) to 10
        site: where; None without pain
        soreness: 0 to 10
        soreness_h: how many hours the last soreness stayed
        readiness: 0 (not at all) to 10
        effort: 0 to 10, of the whole session (session-RPE)
        mood: 0 to 10
        flags: signs that end a session
        note: the runner's own words
    """

    moment: Moment
    session: str = ""
    pain: int | None = None
    site: Site | None = None
    soreness: int | None = None
    soreness_h: float | None = None
    readiness: int | None = None
    effort: int | None = None
    mood: int | None = None
    flags: frozenset[Flag] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineTaken(Written):
    """The runner's own cadence, from one run without help.

    Attributes:
        cadence_spm: mean over the steady part
        speed_mps: mean speed; None when nothing told it
        duration_s: of the steady part
        surface: `treadmill`, `road`, ...; empty when not said
        session: id of the session it comes from; empty when typed in
        taken_by: the source that told it (`rsc`, `taps`, ...); empty where that is not known, or was typed in
        error_spm: how far off that source may be
        accepted: why the clinician lets a programme count from it though its source is coarse; empty where nobody has
        seen: what the clinician saw, name and words or a number with its unit ("pelvic drop", "7 deg")
    """

    cadence_spm: float
    speed_mps: float | None = None
    duration_s: float | None = None
    surface: str = ""
    session: str = ""
    taken_by: str = ""
    error_spm: float = 0.0
    accepted: str = ""
    seen: tuple[tuple[str, str], ...] = ()

    @property
    def off_by_spm(self) -> float:
        """How far off it may be: as it was written down, else as far as its source may be."""
        return self.error_spm or error_of(self.taken_by)

    @property
    def is_marked(self) -> bool:
        """Whether its source is too coarse for a programme to count from without the clinician's yes."""
        return self.off_by_spm >= MARKED_SPM

    @property
    def starts_programmes(self) -> bool:
        """Whether a programme may count from it."""
        return not self.is_marked or bool(self.accepted)


class Side(Enum):
    """Of the body."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Written):
    """Something a clinician measured or saw. Not a diagnosis.

    Attributes:
        measure: what, in their words: `knee valgus`
        side: None where there is none, or it was not said
        value: None where nothing was measured
        unit: of the value, in their words: `deg`; empty where it has none
        method: how: `2D video`
        note: what was seen, in words
        file: name of a picture or video, as it is kept beside the log or, on one machine only, as a link
    """

    measure: str
    side: Side | None = None
    value: float | None = None
    unit: str = ""
    method: str = ""
    note: str = ""
    file: str = ""


class To(Enum):
    """Whom a message is for."""

    RUNNER = "runner"  # shown before the next session
    CLINICIAN = "clinician"
    NOTES = "notes"  # nobody is shown it; for whoever looks the athlete up


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Written):
    """Something written from clinician to runner, from runner to clinician, or as a note. Not for emergencies."""

    to: To
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRead(Written):
    """A message was shown to whom it is for, and they were there.

    Attributes:
        message: its id
    """

    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDone(Written):
    """An item of a programme day that is no run was ticked off: an exercise, mobility, a drill.

    Attributes:
        item: its name in the programme
        part: sets done of those asked for, 0 to 1
    """

    item: str
    part: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRun(Written):
    """A session of the programme was run; what it came to stands in its journal.

    Attributes:
        session: id
        item: which session of the programme, from 0; None for a run of one's own
        shoes, surface: as the runner calls them; empty when not said
        incline_percent: of the belt or the road
        recorded: sha256 of the file of another device that it was added from; empty for a session of ours
    """

    session: str
    item: int | None = None
    shoes: str = ""
    surface: str = ""
    incline_percent: float | None = None
    recorded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSet(Written):
    """A programme begins, or its text was exchanged.

    Attributes:
        name: its title
        sha256: of the prescribed text
        because: `started`, or why it was exchanged
        counts_from_new: targets count from the baseline in force now; else from the one they counted from before
        ends: ids of the answers that stopped the programme and do so no more; None where that was not written down
    """

    name: str
    sha256: str
    because: str = STARTED
    counts_from_new: bool = False
    ends: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Written):
    """What the programme decided, or a person in its place, and why.

    Attributes:
        verdict: `advance`, `hold`, `step back`, `stop`, `refresher`, `begin`, `rest`, `finished`
        level: where the runner stands after it, from 0
        reasons: one sentence for each rule that had a say, with the values that decided; of a person theirs
        by_hand: a person holds, until it is taken back, or steps back for the next session
    """

    verdict: str
    level: int
    reasons: tuple[str, ...] = ()
    by_hand: bool = False

    @property
    def is_of_person(self) -> bool:
        """Whether a person decided, and not the rules."""
        return self.by_hand or any(reason.startswith(SET_BY_HAND) for reason in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Written):
    """An entry does not count any more; it stays in the log. A withdrawal itself cannot be withdrawn.

    Attributes:
        entry: id of the entry (`entry_id`); one that is not in the log does no harm, and holds once it comes
        because: the reason, in a person's words
    """

    entry: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileEdited(Written):
    """What was chosen for the athlete was changed.

    Attributes:
        changes: name and new words of each, such as `language` and `de`; empty words are those of the settings
    """

    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeBegun(Written):
    """Everything of this athlete was made by a simulated runner, for people to practise on. It cannot be withdrawn.

    Attributes:
        story: title of the story that was lived
    """

    story: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertOwned(Written):
    """Somebody has taken on an alert of the caseload.

    Attributes:
        alert: id of the alert; one that is not raised does no harm
        owner: who
    """

    alert: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertClosed(Written):
    """Somebody has dealt with an alert of the caseload. It ends no stop, and no limit.

    Attributes:
        alert: id of the alert; one that is not raised does no harm
        closed_by: who
        because: what was done about it, in a person's words
    """

    alert: str
    closed_by: str
    because: str


Entry = (
    CheckIn
    | BaselineTaken
    | Finding
    | Message
    | MessageRead
    | ItemDone
    | SessionRun
    | ProgrammeSet
    | Decided
    | Withdrawn
    | ProfileEdited
    | PracticeBegun
    | AlertOwned
    | AlertClosed
)


def is_practice(every: Iterable[Entry]) -> bool:
    """Whether a log is that of a practice athlete; `every` entry of it counts, also those that were withdrawn."""
    return any(isinstance(entry, PracticeBegun) for entry in every)


def entries_by_day(entries: Iterable[Entry], today: date) -> tuple[Entry, ...]:
    """The entries up to a day, by their day; those of one day in the order they were written."""
    return tuple(sorted((entry for entry in entries if entry.day <= today), key=lambda entry: entry.day))
