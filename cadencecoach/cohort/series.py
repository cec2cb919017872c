"""The series of many sessions as parts: kept where nothing in them has changed, folded side by side where it has."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cadencecoach.cohort.folder import SERIES_FOLDER, STATE
from cadencecoach.cohort.parts import KeptPart, Part, PartJob, PartSession, fold_part, pack_journal, program_mark
from cadencecoach.cohort.people import LeftOut, Person, first_line
from cadencecoach.cohort.pool import Pool
from cadencecoach.cohort.subject import SessionFigures
from cadencecoach.devices.private_file import make_private_folder, read_private, write_private
from cadencecoach.errors import CadencecoachError
from cadencecoach.record.row import SessionRow
from cadencecoach.store.protocol import TellProgress

MOST_STATE_BYTES = 4_000_000_000  # some 100 a session
PART_SESSIONS = 500  # small files cost a question more than their rows
OpenJournal = Callable[[str], AbstractContextManager[IO[bytes]]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A session that belongs into the series: its names there, and a digest that changes where it does."""

    athlete: str
    session: str
    digest: str


def wanted_of(people: Sequence[Person]) -> Mapping[str, Wanted]:
    """The sessions of everybody, by their ids."""
    return {
        row.id: Wanted(one.subject.key, name, _digest(row, one.subject.key, name))
        for one in people
        for row in one.rows
        for name in [one.subject.sessions[row.id]]
    }


class Series:
    """The parts of one draft.

    Attributes:
        n_new: sessions that were folded
        drawn: for research: names in the tables, by athlete; they are remembered until the tables are whole
    """

    def __init__(self, draft: Path, before: Path, *, for_research: bool, endings: frozenset[str]) -> None:
        """Take what a build that was broken off has made, or else the parts of the tables that are there.

        Args:
            draft: the folder that is being made
            before: the one that it will replace, if there is one
            for_research: nothing is taken of tables that are there: the next build draws other names
            endings: which files there are
        """
        self.n_new = 0
        self.drawn: dict[str, str] = {}
        self._folder, self._for_research, self._endings = draft, for_research, endings
        self._parts: list[KeptPart] = []
        make_private_folder(draft / SERIES_FOLDER)
        if not self._remember(draft) and not for_research and self._remember(before):
            for part in self._parts:
                self._link(part, before)
        stems = {self._stem(part.number).name for part in self._parts}
        for one in (draft / SERIES_FOLDER).iterdir():
            if one.stem not in stems:
                one.unlink()

    @property
    def n_rows(self) -> int:
        """In all parts."""
        return sum(part.n_rows for part in self._parts)

    def figures(self) -> Mapping[str, SessionFigures]:
        """Of every session, by its id."""
        return {session: one for part in self._parts for session, one in part.figures.items()}

    def fold(
        self,
        wanted: Mapping[str, Wanted],
        open_journal: OpenJournal,
        pool: Pool,
        left_out: LeftOut,
        tell: TellProgress,
    ) -> None:
        """Make the parts hold what is wanted and nothing else; each is written as it is done.

        Args:
            wanted: by the ids of sessions
            open_journal: of an id
            pool: who folds
            left_out: is told what cannot be read
            tell: how many sessions of how many
        """
        for part in [part for part in self._parts if not _is_still(part, wanted)]:
            self._drop(part)
        if self._missing(wanted):  # a part that is not full is made anew: or each build would leave one more
            for part in [part for part in self._parts if len(part.sessions) < PART_SESSIONS]:
                self._drop(part)
        missing = self._missing(wanted)
        n_done, n_all, self.n_new = len(wanted) - len(missing), len(wanted), len(missing)
        tell(n_done, n_all)
        self._write_state()
        waiting: dict[int, tuple[str, ...]] = {}
        first = max((part.number for part in self._parts), default=0) + 1

        def jobs() -> Iterator[PartJob]:
            for number, begin in enumerate(range(0, len(missing), PART_SESSIONS), start=first):
                sent = dict(self._send_all(missing[begin : begin + PART_SESSIONS], wanted, open_journal, left_out))
                waiting[number] = tuple(sent)
                yield PartJob(
                    number=number,
                    sessions=tuple(sent.values()),
                    for_research=self._for_research,
                    endings=self._endings,
                )

        for outcome in pool.run(fold_part, jobs()):
            sessions = waiting.pop(outcome.job.number)
            if outcome.done is None:
                for session in sessions:
                    left_out.add_session(session, outcome.wrong)
            else:
                self._keep(outcome.job.number, sessions, wanted, outcome.done, left_out)
            n_done += len(sessions)
            tell(n_done, n_all)

    def forget_names(self) -> None:
        """Take away what says who is who; of complete tables it is what the next build begins with."""
        if self._for_research:
            (self._folder / STATE).unlink(missing_ok=True)

    def _send_all(
        self, sessions: Sequence[str], wanted: Mapping[str, Wanted], open_journal: OpenJournal, left_out: LeftOut
    ) -> Iterator[tuple[str, PartSession]]:
        for session in sessions:
            try:
                with open_journal(session) as file:
                    journal = pack_journal(file)
            except (CadencecoachError, OSError) as error:  # gone, or broken since it was listed
                left_out.add_session(session, first_line(error))
                continue
            names = wanted[session]
            yield session, PartSession(athlete=names.athlete, session=names.session, journal=journal)

    def _keep(
        self, number: int, sessions: Sequence[str], wanted: Mapping[str, Wanted], part: Part, left_out: LeftOut
    ) -> None:
        """Write a part, and then that it is there."""
        figures: dict[str, SessionFigures] = {}
        for session, told in zip(sessions, part.told, strict=True):
            if isinstance(told, str):
                left_out.add_session(session, told)
            else:
                figures[session] = told
        for ending, content in part.files.items():
            write_private(self._stem(number).with_suffix(f".{ending}"), content)
        digests = {session: wanted[session].digest for session in figures}
        kept = KeptPart(number=number, n_rows=part.n_rows, sessions=digests, figures=figures)
        self._parts.append(kept)
        with (self._folder / STATE).open("ab") as file:
            file.write(kept.line())
            file.flush()
            os.fsync(file.fileno())

    def _missing(self, wanted: Mapping[str, Wanted]) -> list[str]:
        there = {session for part in self._parts for session in part.sessions}
        return [session for session in wanted if session not in there]

    def _drop(self, part: KeptPart) -> None:
        self._parts.remove(part)
        for ending in self._endings:
            self._stem(part.number).with_suffix(f".{ending}").unlink(missing_ok=True)

    def _remember(self, folder: Path) -> bool:
        """Read which parts a folder has; False where it has none that this build could have made."""
        try:
            first, *lines = (read_private(folder / STATE, MOST_STATE_BYTES) or b"").splitlines(keepends=True)
            told = json.loads(first)
            whole = [line for line in lines if line.endswith(b"\n")]  # a part whose line broke off is made again
            parts = sorted(map(KeptPart.of_line, whole), key=lambda part: part.number)
            drawn = {str(name): str(key) for name, key in told["drawn"].items()}
            is_ours = told["mark"] == self._mark()
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return False
        names = [f"{self._stem(part.number).name}.{ending}" for part in parts for ending in self._endings]
        if not is_ours or not all((folder / SERIES_FOLDER / name).is_file() for name in names):
            return False
        self._parts, self.drawn = parts, drawn
        return True

    def _link(self, part: KeptPart, before: Path) -> None:
        """Have the files of a part in the draft, without copying where that works."""
        for ending in self._endings:
            target = self._stem(part.number).with_suffix(f".{ending}")
            source = before / SERIES_FOLDER / target.name
            target.unlink(missing_ok=True)
            try:
                os.link(source, target)
            except OSError:
                shutil.copyfile(source, target)

    def _write_state(self) -> None:
        """All of it; a part that comes after is one line more."""
        told = {"mark": self._mark(), "drawn": self.drawn}
        write_private(
            self._folder / STATE, b"".join([json.dumps(told).encode(), b"\n", *(part.line() for part in self._parts)])
        )

    def _mark(self) -> str:
        whose = "research" if self._for_research else "complete"
        return " ".join((program_mark(), whose, *sorted(self._endings)))

    def _stem(self, number: int) -> Path:
        return self._folder / SERIES_FOLDER / f"part-{number:04}"


def _digest(row: SessionRow, *names: str) -> str:
    """Changes with anything a session's row has, and with its names in the tables."""
    return hashlib.sha256(repr((row, *names)).encode("utf-8", "backslashreplace")).hexdigest()[:20]


def _is_still(part: KeptPart, wanted: Mapping[str, Wanted]) -> bool:
    """Whether a part holds nothing that has gone or changed."""
    return all(session in wanted and wanted[session].digest == digest for session, digest in part.sessions.items())
