"""All that the page of an athlete is made of."""

from dataclasses import dataclass

from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.record.entries import CheckIn, Entry
from cadencecoach.record.progress.athlete import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressSheet:
    """An athlete's sessions, ready to be shown.

    Attributes:
        athlete: pseudonym
        progress: what the sessions come to
        entries: the athlete's log, oldest first
        next_words: the next session and why, one sentence each; empty when nobody plans one
        n_planned: sessions planned up to the last day; None when nobody planned any
        remarks: what a person should know about the files
        words: of the reader's language
    """

    athlete: str
    progress: Progress
    entries: tuple[Entry, ...] = ()
    next_words: tuple[str, ...] = ()
    n_planned: int | None = None
    remarks: tuple[str, ...] = ()
    words: Phrasebook = ENGLISH

    @property
    def check_ins(self) -> tuple[CheckIn, ...]:
        """What the runner reported of the body."""
        return tuple(entry for entry in self.entries if isinstance(entry, CheckIn))
