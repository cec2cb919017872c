"""What this computer read last of the database: what a session needs while the database does not answer.

Profile, log and programme lie as files do; of the sessions their summaries. Journals are not in it.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from cadencecoach.devices.clock import wall_time_s, wall_time_utc
from cadencecoach.devices.private_file import not_written, write_private
from cadencecoach.errors import JournalError, UsageError
from cadencecoach.store.columns import COLUMNS, Value
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.finding import believed_start_s
from cadencecoach.store.forgotten_names import hash_of_name
from cadencecoach.store.log_file import entry_in, log_with
from cadencecoach.store.own_files import LOG_NAME
from cadencecoach.store.sql_store import SqlStore

STATE: Final = "copy.json"
ROWS: Final = "rows"

Summary = Mapping[str, Value]
NOTHING: Final[Mapping[str, Sequence[bytes]]] = {}


class LocalCopy:
    """The copy, beside the journals of this computer.

    Args:
        files: that it is in
    """

    def __init__(self, files: FileStore) -> None:
        """Nothing is read yet."""
        self.files = files

    @property
    def seen(self) -> str:
        """When all of it was read last, a label; empty where it never was."""
        return str(self._state().get("seen", ""))

    def bring_up_to_date(
        self,
        shared: SqlStore,
        waiting: Mapping[str, Sequence[bytes]] = NOTHING,
        not_taken: Collection[str] = (),
    ) -> Mapping[str, Sequence[bytes]]:
        """Read what has changed in the database, and let go of whoever is not seen there any more.

        To be called under the lock of the files.

        Args:
            shared: the database
            waiting: lines of logs that it does not have yet, by athlete: the copy keeps them
            not_taken: sessions that ran here and that it did not take: of whoever was not forgotten they stay
        Returns:
            lines that the database had and has no more, because it was put back from an older backup; the copy keeps
            them too
        """
        before, there = self._state().get("marks", {}), shared.athlete_marks()
        forgotten, gone, marks = shared.forgotten_names(), dict[str, Sequence[bytes]](), dict[str, Sequence[str]]()
        for athlete, mark in there.items() if isinstance(before, dict) else ():
            if before.get(athlete) != [mark, self._log_mark(athlete)] or athlete in waiting:
                files, lines = shared.own_files(athlete), waiting.get(athlete, ())
                if self._is_same(athlete, forgotten):
                    gone[athlete] = _lines_without(self._log(athlete), files.get(LOG_NAME, b""), lines)
                self.put(athlete, files, (*gone.get(athlete, ()), *lines))
                self._write(f"{ROWS}/{athlete}.json", _summaries_of(shared, athlete))
            if athlete not in waiting and not gone.get(athlete):  # these are read again, whatever becomes of them
                marks[athlete] = [mark, self._log_mark(athlete)]
        for athlete in set(self.files.athlete_names()) - there.keys():
            self.let_go(athlete, but=not_taken if self._is_same(athlete, forgotten) else ())
        self.files.add_forgotten_names(forgotten)
        self._write(STATE, {"seen": wall_time_utc(), "marks": marks})
        return {athlete: lines for athlete, lines in gone.items() if lines}

    def _log_mark(self, athlete: str) -> str:
        """What tells whether this computer has written to the copy of a log since."""
        with suppress(OSError):
            told = (self.files.athlete_folder(athlete) / LOG_NAME).stat()
            return f"{told.st_size} {told.st_mtime_ns}"
        return ""

    def put(self, athlete: str, files: Mapping[str, bytes], waiting: Sequence[bytes] = ()) -> None:
        """What the database has of an athlete, and behind its log what waits here."""
        self.files.put_own_files(athlete, _with_waiting(athlete, files, waiting))

    def _is_same(self, athlete: str, forgotten: Mapping[str, str]) -> bool:
        """Whether it is the athlete of the copy, and nobody who was forgotten since and has a namesake."""
        key = hash_of_name(athlete)
        return forgotten.get(key, "") <= self.files.forgotten_names().get(key, "")

    def _log(self, athlete: str) -> bytes:
        return self.files.own_files(athlete).get(LOG_NAME, b"") if self.files.is_kept(athlete) else b""

    def let_go(self, athlete: str, *, but: Collection[str] = ()) -> None:
        """Delete what the copy has of an athlete, who is not forgotten thereby; of one who runs here it goes later."""
        with suppress(UsageError):
            self.files.drop(athlete, but=but)
            (self.files.folder / ROWS / f"{athlete}.json").unlink(missing_ok=True)

    def summaries(self) -> list[Summary]:
        """Of all sessions that were seen, those here now among them; the newest last."""
        found: dict[str, Summary] = {}
        for path in sorted((self.files.folder / ROWS).glob("*.json")):
            with suppress(ValueError, OSError):
                found.update({str(one["id"]): one for one in json.loads(path.read_bytes())})
        if self.files.sessions_folder.is_dir():
            with self.files.sessions() as here:
                here.refresh()
                for values in here.values(COLUMNS):
                    one = dict(zip(COLUMNS, values, strict=True))
                    found[str(one["id"])] = one
        now_s = wall_time_s()
        order = {key: believed_start_s(str(one.get("started")), now_s, now_s=now_s) for key, one in found.items()}
        return sorted(found.values(), key=lambda one: (order[str(one["id"])], str(one["id"])))

    def _state(self) -> dict[str, Any]:
        try:
            told = json.loads((self.files.folder / STATE).read_bytes())
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def _write(self, name: str, told: object) -> None:
        path = self.files.folder / name
        try:
            write_private(path, json.dumps(told).encode())
        except OSError as error:
            raise UsageError(not_written(path, error)) from error


def _with_waiting(athlete: str, files: Mapping[str, bytes], lines: Sequence[bytes]) -> Mapping[str, bytes]:
    """An athlete's files with lines behind the log that it lacks; one that is broken stays as it is."""
    raw = files.get(LOG_NAME, b"")
    known = set(map(entry_in, raw.splitlines()))
    new = [line for line in lines if entry_in(line) not in known]
    if not new:
        return files
    with suppress(JournalError):
        raw = log_with(raw, athlete, ())
    return {**files, LOG_NAME: raw + b"".join(new)}


def _lines_without(raw: bytes, *others: bytes | Sequence[bytes]) -> tuple[bytes, ...]:
    """The lines of a log whose entries stand nowhere else."""
    known = {entry_in(line) for one in others for line in (one.splitlines() if isinstance(one, bytes) else one)}
    return tuple(line for line in raw.splitlines(keepends=True) if entry_in(line) not in {"", *known})


def _summaries_of(shared: SqlStore, athlete: str) -> list[Summary]:
    with SqlStore.sessions(shared) as table:
        table.refresh()
        return [dict(zip(COLUMNS, one, strict=True)) for one in table.values(COLUMNS, athlete=athlete)]
