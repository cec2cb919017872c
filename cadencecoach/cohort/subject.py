"""Whom a row of a table is about, and under which names they stand in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cadencecoach.record.entries import Entry, SessionRun
from cadencecoach.record.fold.pieces import Piece
from cadencecoach.record.row import NO_DAY, SessionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An athlete in a folder of tables.

    Attributes:
        key: the name there
        first_day: from which days are counted; None where nothing tells a day
        last_day: the newest; None likewise
        sessions: the names there of the sessions, by their ids
        keeps_ids: a session that is not in the tables is named by its id all the same
    """

    key: str
    first_day: date | None
    last_day: date | None
    sessions: Mapping[str, str]
    keeps_ids: bool

    def offset(self, day: date) -> int | None:
        """Days since the first one."""
        return None if self.first_day is None or day == NO_DAY else (day - self.first_day).days

    def session_key(self, session: str) -> str | None:
        """The name of a session; None where there is none."""
        return self.sessions.get(session, session if self.keeps_ids else None) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """An athlete, and how much of theirs is in the tables."""

    subject: Subject
    n_rows: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFigures:
    """What the table of sessions tells of a summary, and no row of a session has; the names are those of the table."""

    paused_s: float
    n_gaps: int
    longest_streak_s: float
    drift_spm_per_10min: float | None
    is_drift_after_speed: bool
    is_unwell: bool
    stopped_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """A session: its row, its figures, and what the log says of it.

    Attributes:
        subject: who ran it
        row, figures: its numbers
        run: the log's entry; None where it has none
        plan_number: which plan of the folder; None where the journal names none
    """

    subject: Subject
    row: SessionRow
    figures: SessionFigures
    run: SessionRun | None
    plan_number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """An entry of a log.

    Attributes:
        subject: whose
        entry: of any kind
        measure_number: of a finding: which measure of the folder
    """

    subject: Subject
    entry: Entry
    measure_number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceFacts:
    """A piece of a session, under the names that athlete and session have in the tables."""

    athlete: str
    session: str
    piece: Piece
