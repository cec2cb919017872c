"""A program killed at each line of what writes for a clinic, while it ends a stop: run as a program of its own.

Each child is a fork of this process, which has no thread, and kills itself; so nothing of it is put right at its end.
"""

import argparse
import os
import signal
import sys
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

from cadencecoach.record.entries import CheckIn, Flag, Moment, ProgrammeSet
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin, under_way
from cadencecoach.store.clinic_store import ClinicStore
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.programme_files import find_programme, open_programme
from cadencecoach.store.spooling import SpoolingStore
from cadencecoach.store.sql_address import address_in
from cadencecoach.store.sql_database import Database

DAY = date(2026, 3, 2)
WATCHED = ("writing_here.py", "handing_over.py", "waiting_queue.py", "local_copy.py")
KILLED = -signal.SIGKILL  # type: ignore[attr-defined,unused-ignore]


def begun(address: str, password_file: str, person: str, folder: Path) -> ClinicStore:
    """A program on a computer that begins now."""
    local = FileStore(folder)
    return ClinicStore(SpoolingStore(Database(address_in(address, password_file), person), local), local)


def order(athlete: str, name: str, *, at: str, because: str | None) -> ProgrammeOrder:
    """A programme to be set."""
    raw, programme = open_programme(find_programme(name))
    return ProgrammeOrder(athlete=athlete, raw=raw, programme=programme, level=None, because=because, at=at, day=DAY)


def stopped(store: ClinicStore, athlete: str) -> None:
    """Somebody on a programme, who has a sign to stop."""
    store.write_profile(Profile(athlete=athlete))
    begin(store, order(athlete, "clinic8", at="2026-03-02T07:00:00Z", because=None))
    stop = CheckIn(at="2026-03-02T08:00:00Z", day=DAY, moment=Moment.AFTER, flags=frozenset({Flag.ACUTE_CALF}))
    store.add_entries(athlete, stop)
    store.shared.database.close()


def kill_at(n_lines: int) -> None:
    """Kill this process before it has run so many lines of the files that are watched."""
    left = [n_lines]

    def on_line(_frame: FrameType, event: str, _arg: object) -> Any:  # noqa: ANN401  # as sys.settrace has it
        if event == "line":
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[attr-defined,unused-ignore]
        return on_line

    def on_call(frame: FrameType, _event: str, _arg: object) -> Any:  # noqa: ANN401  # likewise
        return on_line if frame.f_code.co_filename.endswith(WATCHED) else None

    sys.settrace(on_call)


def stand(store: ClinicStore, athlete: str) -> tuple[str, str, int, int]:
    """Which programme, what it says today, how often one was set, and how much waits."""
    now = under_way(store, athlete)
    n_set = sum(isinstance(entry, ProgrammeSet) for entry in now.every)
    return now.programme.name, now.decision(DAY).verdict.value, n_set, len(store.queue)


def main() -> int:
    """Kill at each step, and say what was found after each; the exit status is 1 where something was torn."""
    parser = argparse.ArgumentParser()
    for name in ("address", "password_file", "person", "folder"):
        parser.add_argument(name)
    parser.add_argument("--every", type=int, default=1, help="lines between two kills")
    asked = parser.parse_args()

    def here(name: str) -> ClinicStore:
        return begun(asked.address, asked.password_file, asked.person, Path(asked.folder) / name)

    found: dict[tuple[str, str, int, int], int] = {}
    n_lines, status = 1, int(KILLED)
    while status == KILLED:
        athlete = f"r{n_lines}"
        stopped(here("a"), athlete)
        child: int = os.fork()  # type: ignore[attr-defined,unused-ignore]
        if not child:
            kill_at(n_lines)
            begin(here("a"), order(athlete, "field6wk", at="2026-03-02T09:00:00Z", because="seen, and well"))
            os._exit(0)
        status = int(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        stands = {stand(here(name), athlete) for name in ("a", "b")}
        assert len(stands) == 1, (n_lines, stands)
        one = stands.pop()
        found[one] = found.get(one, 0) + 1
        n_lines += asked.every
    sys.stdout.write("".join(f"{n} {'|'.join(map(str, one))}\n" for one, n in found.items()))
    return status


if __name__ == "__main__":
    sys.exit(main())
