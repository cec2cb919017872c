"""All that the page of an athlete is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.programme.adherence import Adherence
from cadencecoach.record.entries import CheckIn, Entry
from cadencecoach.record.progress.athlete import Progress
from cadencecoach.record.progress.felt import Felt, felt_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSession:
    """What comes next, in the reader's words.

    Attributes:
        says: when, which session, the verdict
        details: what the session asks for, and what is done beside it
        why: a sentence for each rule that had a say
    """

    says: str
    details: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


class Finding(NamedTuple):
    """Something that a person saw or measured, before and after; empty where nobody looked."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressSheet:
    """An athlete's sessions, ready to be shown.

    Attributes:
        athlete: pseudonym
        progress: what the sessions come to
        entries: the athlete's log, oldest first
        stop: why nothing is to be run until the clinician says so; empty where nothing stops
        next: the next session and why; None when nobody plans one
        adherence: sessions done over those planned; None when nobody planned any
        names: of sessions, by id, as the programme calls them
        findings: before and after, beside what was seen at the baselines
        remarks: what a person should know about the files
        words: of the reader's language
    """

    athlete: str
    progress: Progress
    entries: tuple[Entry, ...] = ()
    stop: str = ""
    next: NextSession | None = None
    adherence: Adherence | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()
    words: Phrasebook = ENGLISH

    @property
    def check_ins(self) -> tuple[CheckIn, ...]:
        """What the runner reported of the body."""
        return tuple(entry for entry in self.entries if isinstance(entry, CheckIn))

    @property
    def felt(self) -> Felt:
        """The same day by day, with the pain that was told by key."""
        return felt_of(self.check_ins, self.progress.sessions)
