"""Fold a few hundred sessions into one part of the series: the work that is done many times at once."""

import gzip
import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from cadencecoach import __version__
from cadencecoach.cohort.series_table import SERIES
from cadencecoach.cohort.subject import PieceFacts, SessionFigures
from cadencecoach.cohort.writing import TableWriter
from cadencecoach.devices.private_file import read_private
from cadencecoach.errors import CadencecoachError
from cadencecoach.record.figures import Summary
from cadencecoach.record.fold.pieces import pieces_of
from cadencecoach.record.journal import read_journal

SENT = frozenset({"journal", "baseline_spm", "speed_curve"})  # of a header; the rest says who ran, when and where
STEM = "part"
MOST_PART_BYTES = 4_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSession:
    """A session on its way to a worker.

    Attributes:
        athlete, session: their names in the tables
        journal: packed bytes; the header says no more than the fold needs
    """

    athlete: str
    session: str
    journal: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PartJob:
    """A part to be made.

    Attributes:
        number: of it
        sessions: what goes in
        for_research: which columns there are
        endings: which files are made, `csv` and `parquet`
    """

    number: int
    sessions: tuple[PartSession, ...]
    for_research: bool
    endings: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part that was made.

    Attributes:
        files: their bytes by their endings
        n_rows: of each of them
        told: of each session, in their order, its figures, or in one line why it could not be read
    """

    files: Mapping[str, bytes]
    n_rows: int
    told: tuple[SessionFigures | str, ...]


def pack_journal(lines: Iterable[bytes], kept: frozenset[str] = SENT) -> bytes:
    """A journal as it is sent, with some fields of its header: whose it is and on which day stays here."""
    first, *rest = lines
    try:
        header = json.loads(first)
        first = json.dumps({name: value for name, value in header.items() if name in kept}).encode() + b"\n"
    except (ValueError, AttributeError):
        first = b"\n" if not first.strip() else b"no header\n"  # the fold tells what is wrong with it
    return gzip.compress(first + b"".join(rest), 1)


def fold_part(job: PartJob) -> Part:
    """Fold the sessions of a part, on any machine: nothing here or there is asked beside what the job holds."""
    told: list[SessionFigures | str] = []
    with tempfile.TemporaryDirectory() as folder:
        stem = Path(folder) / STEM
        writer: TableWriter[PieceFacts] = TableWriter(SERIES, stem, for_research=job.for_research, endings=job.endings)
        try:
            for one in job.sessions:
                try:
                    journal = read_journal(gzip.decompress(one.journal).splitlines(keepends=True))
                    pieces, summary = pieces_of(journal.header, journal.lines)
                except CadencecoachError as error:
                    told.append(str(error).partition("\n")[0])
                    continue
                writer.add(PieceFacts(athlete=one.athlete, session=one.session, piece=piece) for piece in pieces)
                told.append(figures_of(summary))
        except BaseException:
            writer.drop()
            raise
        writer.close()
        files = {ending: read_private(stem.with_suffix(f".{ending}"), MOST_PART_BYTES) or b"" for ending in job.endings}
    return Part(files=files, n_rows=writer.n_rows, told=tuple(told))


def figures_of(summary: Summary) -> SessionFigures:
    """What the table of sessions has of a summary, beside the session's row."""
    whole = summary.session
    return SessionFigures(
        paused_s=summary.paused_s,
        n_gaps=len(summary.gaps),
        longest_streak_s=whole.longest_streak_s,
        drift_spm_per_10min=whole.drift_spm_per_10min,
        is_drift_after_speed=whole.is_drift_after_speed,
        is_unwell=any(said.is_unwell and not said.is_taken_back for said in summary.pains),
        stopped_s=summary.stopped_s,
    )


def program_mark() -> str:
    """A text that changes with whatever could change a part: the program's version and the columns."""
    columns = [(one.name, one.kind.__name__, one.risk.name) for one in SERIES.columns]
    return hashlib.sha256(json.dumps([__version__, columns]).encode()).hexdigest()[:16]


@dataclass(slots=True, kw_only=True)
class KeptPart:
    """What is remembered of a part that stands in a folder.

    Attributes:
        number: of its files
        n_rows: in it
        sessions: of each session by its id, a digest of its row and of its names in the tables
        figures: of each session, by its id
    """

    number: int
    n_rows: int
    sessions: dict[str, str]
    figures: dict[str, SessionFigures]

    def line(self) -> bytes:
        """It as it is written: of each session its digest, then its figures in the order of their fields."""
        sessions = {session: (digest, *astuple(self.figures[session])) for session, digest in self.sessions.items()}
        told = {"number": self.number, "rows": self.n_rows, "sessions": sessions}
        return json.dumps(told, separators=(",", ":")).encode() + b"\n"

    @classmethod
    def of_line(cls, line: bytes) -> "KeptPart":
        """It as it was written.

        Raises:
            ValueError, KeyError, TypeError, AttributeError: it was not written so
        """
        told = json.loads(line)
        names = [field.name for field in fields(SessionFigures)]
        sessions, figures = {}, {}
        for session, (digest, *values) in told["sessions"].items():
            sessions[session] = str(digest)
            figures[session] = SessionFigures(**dict(zip(names, values, strict=True)))
        return cls(number=int(told["number"]), n_rows=int(told["rows"]), sessions=sessions, figures=figures)
