"""How long the caseload of 500 athletes with 100 sessions each takes, cold and kept, the pages of patients, progress.

    python bench/caseload.py [N_ATHLETES [N_SESSIONS [FOLDER]]]

With a FOLDER the athletes are made there once, and kept for the next measurement.

The journals are short and real, the logs as long as those of a programme: three answers and a decision around each
session. Cold is a first look with nothing kept; kept is one where nothing has changed; `N ran` one after runs of which
no line was kept, `N ran, kept` one after runs whose line was kept at their end. Processor times are told
beside those of the clock on the wall: the machine may have other things to do.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from sessions_folder import journal_text

from cadencecoach.clinic.caseload import Section
from cadencecoach.desk.caseload.keeping import keep_line
from cadencecoach.desk.caseload.looking import Caseload, look_at_caseload
from cadencecoach.desk.history.progress import athlete_progress
from cadencecoach.desk.patient.looking import look_at_patient
from cadencecoach.record.entries import BaselineTaken, CheckIn, Decided, Entry, Moment, ProgrammeSet, SessionRun
from cadencecoach.record.entry_lines import line_of_entry
from cadencecoach.record.profile import Profile
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.folds import FOLDS_NAME
from cadencecoach.store.programme_files import find_programme, open_programme
from cadencecoach.view.patient.page import patient_parts
from cadencecoach.view.report.progress.page import progress_page

TODAY, DAY = date(2026, 11, 29), timedelta(days=1)
N_LOOKS, N_CHANGED, N_KEPT, N_PATIENTS, N_COMMANDS = 40, 20, 40, 100, 10
EVERY_DAYS = 2


def write_athlete(store: FileStore, name: str, n_sessions: int, raw: bytes, sha256: str, number: int) -> None:
    """One athlete: a log of so many sessions up to yesterday, and a short journal for each."""
    begins = TODAY - (n_sessions * EVERY_DAYS) * DAY
    log: list[Entry] = []
    for before in (2, 1):
        day = begins - before * DAY
        log.append(BaselineTaken(at=f"{day}T07:00:00Z", day=day, cadence_spm=160 + before, duration_s=900.0))
    log.append(ProgrammeSet(at=f"{begins}T07:00:00Z", day=begins, name="Bench", sha256=sha256))
    for n in range(n_sessions):
        day, at = begins + n * EVERY_DAYS * DAY, f"{begins + n * EVERY_DAYS * DAY}T08:00:00Z"
        session, pain = f"{day}T080000Z-{name}", (n + number) % 4
        log += [
            CheckIn(at=at, day=day, moment=Moment.BEFORE, session=session, pain=0, soreness=0, readiness=8),
            Decided(at=at, day=day, verdict="hold", level=min(n, 18), reasons=("pain: it was above the clean level",)),
            SessionRun(at=at, day=day, session=session, item=min(n, 18), shoes="Blue"),
            CheckIn(at=at, day=day, moment=Moment.AFTER, session=session, pain=pain, soreness=0, effort=4),
            CheckIn(at=at, day=day + DAY, moment=Moment.MORNING, session=session, pain=0, soreness=0),
        ]
        text = journal_text(started=at, athlete=name, day=f"{day}")
        (store.sessions_folder / f"{session}.jsonl").write_text(text, encoding="utf-8")
    store.write_log(name, [line_of_entry(entry) for entry in log])
    store.set_programme_text(name, raw)
    store.write_profile(Profile(athlete=name, created=begins))


def run_again(store: FileStore, name: str) -> None:
    """One more run of an athlete, today."""
    session = f"{TODAY}T090000Z-{name}"
    text = journal_text(started=f"{TODAY}T09:00:00Z", athlete=name, day=f"{TODAY}")
    (store.sessions_folder / f"{session}.jsonl").write_text(text, encoding="utf-8")
    store.add_entries(name, SessionRun(at=f"{TODAY}T09:00:00Z", day=TODAY, session=session, item=18))


def type_caseload(folder: Path) -> None:
    """The whole command, by a process of its own; it takes the day of the machine."""
    home = folder.parent / f"{folder.name}-home"
    (home / ".local" / "share").mkdir(parents=True, exist_ok=True)
    data = home / ".local" / "share" / "cadencecoach"
    if not data.exists():
        data.symlink_to(folder.resolve())
    # As where it is installed: what was compiled once is kept. Without that each call compiles 400 modules anew.
    kept = {"PYTHONPYCACHEPREFIX": str(home / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    environment = {**os.environ, **kept, "HOME": str(home), "XDG_DATA_HOME": str(data.parent)}
    command = [sys.executable, "-m", "cadencecoach", "caseload"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def taken_s(work: Callable[[], object]) -> tuple[float, float]:
    """How long something took, by the clock on the wall and by the processor's."""
    began_s, worked_s = time.perf_counter(), sum(os.times()[:4])  # of other processes that it started, too
    work()
    return time.perf_counter() - began_s, sum(os.times()[:4]) - worked_s


def look_up(store: FileStore, name: str) -> None:
    """Draw the page of a patient."""
    patient_parts(look_at_patient(store, name, TODAY))


def look_back(store: FileStore, name: str) -> None:
    """Draw the progress page."""
    progress_page(athlete_progress(store, name, TODAY))


def spread_of(times: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Median and 99 % by the clock on the wall, and the median of the processor."""
    walls = sorted(wall_s for wall_s, _ in times)
    return median(walls), walls[min(len(walls) - 1, int(0.99 * len(walls)))], median(one[1] for one in times)


def make_store(folder: Path, n_athletes: int, n_sessions: int) -> FileStore:
    """The store in a folder, with so many athletes; those that are there are not made again."""
    store = FileStore(folder)
    store.sessions_folder.mkdir(parents=True, exist_ok=True)
    raw, programme = open_programme(find_programme("field6wk"))
    there = set(store.athlete_names())
    for number in range(n_athletes):
        if f"r{number:03}" not in there:
            write_athlete(store, f"r{number:03}", n_sessions, raw, programme.sha256, number)
    return store


def main(n_athletes: int, n_sessions: int, folder: Path) -> None:
    """Build the store, look at it, print the figures."""
    store = make_store(folder, n_athletes, n_sessions)
    index_s, _ = taken_s(lambda: store.rows_of("r000"))
    print(f"index of {n_athletes * n_sessions} journals  {index_s:6.2f} s, once", flush=True)
    for path in folder.glob(f"{FOLDS_NAME}*"):
        path.unlink()

    def look(day: date = TODAY) -> Caseload:
        return look_at_caseload(store, day)

    figures = {"cold": spread_of([taken_s(look)]), "kept": spread_of([taken_s(look) for _ in range(N_LOOKS)])}
    for number in range(min(N_CHANGED, n_athletes)):
        run_again(store, f"r{number:03}")
    figures[f"{N_CHANGED} ran"] = spread_of([taken_s(look)])
    for number in range(N_KEPT):
        name = f"r{number % n_athletes:03}"
        store.add_entries(name, SessionRun(at=f"{TODAY}T10:00:00Z", day=TODAY, session=f"{number}", item=18))
    figures["a line kept"] = spread_of(
        [taken_s(partial(keep_line, store, f"r{number % n_athletes:03}", TODAY)) for number in range(N_KEPT)]
    )
    figures[f"{N_KEPT} ran, kept"] = spread_of([taken_s(look)])
    figures["the next day"] = spread_of([taken_s(lambda: look(TODAY + DAY))])
    figures["a week later"] = spread_of([taken_s(lambda: look(TODAY + 7 * DAY))])
    names = store.athlete_names()[:N_PATIENTS]
    figures["a patient"] = spread_of([taken_s(partial(look_up, store, name)) for name in names])
    figures["progress"] = spread_of([taken_s(partial(look_back, store, name)) for name in names])
    type_caseload(folder)
    figures["the command"] = spread_of([taken_s(partial(type_caseload, folder)) for _ in range(N_COMMANDS)])
    found = look()
    assert len(found.patients) == n_athletes
    print({section.value: len(found.in_section(section)) for section in Section})
    for what, (median_s, most_s, processor_s) in figures.items():
        print(f"{what:14} median {median_s:6.2f} s, 99 % {most_s:6.2f} s, processor {processor_s:5.2f} s")
    print(json.dumps({"n": n_athletes, "cpus": os.cpu_count(), **figures}))


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:3]]
    sizes = given + [500, 100][len(given) :]
    if len(sys.argv) > 3:  # the folder
        main(sizes[0], sizes[1], Path(sys.argv[3]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(sizes[0], sizes[1], Path(made))
