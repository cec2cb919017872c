"""How long a clinic's database takes with many sessions: `python -m bench.database_load`.

Measured as a clinician of 100 of the patients, over a real server: the caseload, one patient's rows, one session by
its id. The median, the 99th percentile, and the growth from a tenth of the sessions.
"""

import argparse
import io
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from postgres_server import PostgresServer, running_server
from sessions_folder import journal_text
from sql_stores import new_database

from cadencecoach.desk.caseload.looking import look_at_caseload
from cadencecoach.devices.clock import HostClock
from cadencecoach.record.profile import Profile
from cadencecoach.store.clinic_store import ClinicStore
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.people import People
from cadencecoach.store.spooling import SpoolingStore
from cadencecoach.store.sql_store import SqlStore

DAY = date(2026, 3, 2)
CLINICIANS = tuple(f"clinician{number}" for number in range(5))


def fill(store: SqlStore, n_sessions: int, n_patients: int) -> None:
    """Patients shared out among five clinicians, and sessions shared out among the patients."""
    people = People(store.database)
    names = [f"p{number:04d}" for number in range(n_patients)]
    with store.lock_athletes():
        for name in names:
            store.write_profile(Profile(athlete=name))
        for number, clinician in enumerate(CLINICIANS):
            people.put(clinician, "clinician")
            people.let_see(clinician, names[number :: len(CLINICIANS)])
    for first in range(0, n_sessions, 500):
        with store.lock_athletes():
            for number in range(first, min(first + 500, n_sessions)):
                day = DAY + timedelta(days=number // n_patients)
                text = journal_text(started=f"{day}T08:00:00Z", athlete=names[number % n_patients])
                store.add_journal(f"{day}T080000Z-{number}", io.BytesIO(text.encode()))
    store.sessions().refresh()


def measure(
    server: PostgresServer, n_sessions: int, n_patients: int, n_times: int
) -> Mapping[str, tuple[float, float]]:
    """For each thing that is asked the median and the 99th percentile, in seconds; asked once before."""
    with new_database(server) as store, tempfile.TemporaryDirectory() as folder:
        fill(store, n_sessions, n_patients)
        here = FileStore(Path(folder))
        mine = ClinicStore(SpoolingStore(store.database.served_to(CLINICIANS[0]), here), here)
        mine.settle()
        session = mine.newest_sessions(1)[0]
        asked: dict[str, Callable[[], object]] = {
            "caseload": lambda: look_at_caseload(mine, DAY),
            "patient": lambda: (mine.rows_of("p0000"), mine.log_of("p0000")),
            "search": lambda: mine.load_session(session),
        }
        return {name: _times_of(ask, n_times) for name, ask in asked.items()}


def _times_of(ask: Callable[[], object], n_times: int) -> tuple[float, float]:
    ask()
    clock, took_s = HostClock(), list[float]()
    for _ in range(n_times):
        begun_s = clock.now_s()
        ask()
        took_s.append(clock.now_s() - begun_s)
    return statistics.median(took_s), sorted(took_s)[int(0.99 * (len(took_s) - 1))]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--patients", type=int, default=500)
    parser.add_argument("--times", type=int, default=50)
    wish = parser.parse_args()
    with running_server() as one:
        for n_sessions in (wish.sessions // 10, wish.sessions):
            for what, (median_s, most_s) in measure(one, n_sessions, wish.patients, wish.times).items():
                print(
                    f"{n_sessions} sessions, {what}: median {median_s * 1000:.0f} ms, 99 % {most_s * 1000:.0f} ms",
                    flush=True,
                )
