"""All that the page of one patient is made of."""

from dataclasses import dataclass
from datetime import date

from cadencecoach.clinic.caseload import Standing
from cadencecoach.record.entries import To
from cadencecoach.view.report.progress.sheet import ProgressSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run in a line; `report` is the id of its session."""

    day: date
    name: str
    words: str
    pain: str
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescribed:
    """The programme that somebody is on.

    Attributes:
        name: its title
        headline: the next session, in a sentence
        details: of the session: length, target, exercises
        why: a sentence for each rule that had a say
        not_today: why nobody runs today whatever the programme says; empty where they may
        sessions: names, in order
        level: where the athlete stands, an index into them
        acts: names of what may be done now
        decided: what was set and decided by people, the newest first
    """

    name: str
    headline: str
    details: tuple[str, ...]
    why: tuple[str, ...]
    not_today: str
    sessions: tuple[str, ...]
    level: int
    acts: frozenset[str]
    decided: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A message or a note.

    Attributes:
        id: of the entry
        day, author, text: when, by whom and what
        to: whom it is for
        read_on: the day on which whom it is for read it; empty while it is unread, and for a note
    """

    id: str
    day: str
    author: str
    text: str
    to: To
    read_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding.

    Attributes:
        day: of it
        words: all of it but its file
        file: name of its picture, video or table on this machine; empty for none
        shown: `picture`, `video` or `file`; empty without one
        is_elsewhere: it has a file, which is not on this machine
    """

    day: date
    words: str
    file: str = ""
    shown: str = ""
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """One patient.

    Attributes:
        athlete: pseudonym
        day: which
        standing: the line of the caseload
        problem: what cannot be read, in a line; empty where all can
        is_practice: nobody real
        who: names and words of what is known of them
        baselines: what the programme counts from, and what is in force, in words
        prescribed: None without a programme, or where it cannot be read
        progress: for the picture on one axis of time; None where nothing was run
        runs: the newest first
        check_ins, exercises: day and words, the newest first
        findings: the newest first
        compared: findings that were made twice, in words, with the first and the latest
        messages: and notes, the newest first
        start: how a programme is started; empty where there is one
        gives: programmes that can be given here: name and title
    """

    athlete: str
    day: date
    standing: Standing
    problem: str = ""
    is_practice: bool = False
    who: tuple[tuple[str, str], ...] = ()
    baselines: tuple[tuple[str, str], ...] = ()
    prescribed: Prescribed | None = None
    progress: ProgressSheet | None = None
    runs: tuple[Run, ...] = ()
    check_ins: tuple[tuple[date, str], ...] = ()
    exercises: tuple[tuple[date, str], ...] = ()
    findings: tuple[Found, ...] = ()
    compared: tuple[tuple[str, tuple[Found, Found]], ...] = ()
    messages: tuple[Written, ...] = ()
    start: str = ""
    gives: tuple[tuple[str, str], ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether the log can be read; then what it holds is there, though the programme may not be."""
        return bool(self.who)

    @property
    def unread(self) -> tuple[str, ...]:
        """Ids of what the runner wrote and no clinician has read."""
        return tuple(one.id for one in self.messages if one.to is To.CLINICIAN and not one.read_on)
