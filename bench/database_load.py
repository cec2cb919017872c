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
from datetime import date
from functools import partial
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
MORE = """
insert into sessions (id, athlete, started, day, kind, duration_s, is_ended, problem, form, summary, changed, written_s,
                      n_bytes, sha256, content)
select id || '-' || n, athlete, replace(started, day, (day::date + n)::text), (day::date + n)::text, kind, duration_s,
       is_ended, problem, form,
       (summary::jsonb || jsonb_build_object('id', id || '-' || n, 'day', (day::date + n)::text))::text,
       changed + n, written_s, n_bytes, sha256, content
from sessions, generate_series(1, %(most)s) n"""
ASKED = {
    "what has changed": "select athlete, count(*), max(changed) from sessions group by athlete",
    "what is unread": "select id from sessions where form <> 1",
    "every row": "select summary from sessions where problem = '' and form <> 0",
    "a patient's rows": "select summary from sessions where athlete = 'p0000' and problem = '' and form <> 0",
    "the newest": "select id from sessions order by changed desc limit 1",
}
CLINICIANS = tuple(f"clinician{number}" for number in range(5))


def fill(server: PostgresServer, store: SqlStore, n_sessions: int, n_patients: int) -> None:
    """Patients shared out among five clinicians; a session of each by the product, all others copies of it by SQL."""
    people = People(store.database)
    names = [f"p{number:04d}" for number in range(n_patients)]
    with store.lock_athletes():
        for name in names:
            store.write_profile(Profile(athlete=name))
            text = journal_text(started=f"{DAY}T08:00:00Z", athlete=name)
            store.add_journal(f"{DAY}T080000Z-{name}", io.BytesIO(text.encode()))
        for number, clinician in enumerate(CLINICIANS):
            people.put(clinician, "clinician")
            people.let_see(clinician, names[number :: len(CLINICIANS)])
    store.sessions().refresh()
    with server.connect(str(store.database.address.url.database)) as owner:
        owner.execute(MORE, {"most": n_sessions // n_patients - 1})
        owner.execute("analyze")


def measure(
    server: PostgresServer, n_sessions: int, n_patients: int, n_times: int
) -> Mapping[str, tuple[float, float]]:
    """For each thing that is asked the median and the 99th percentile, in seconds; asked once before."""
    with new_database(server) as store, tempfile.TemporaryDirectory() as folder:
        fill(server, store, n_sessions, n_patients)
        here = FileStore(Path(folder))
        mine = ClinicStore(SpoolingStore(store.database.for_person(CLINICIANS[0]), here), here)
        mine.settle()
        session = mine.newest_sessions(1)[0]
        asked: dict[str, Callable[[], object]] = {
            "caseload": lambda: look_at_caseload(mine, DAY),
            "patient": lambda: (mine.rows_of("p0000"), mine.log_of("p0000")),
            "search": lambda: mine.load_session(session),
        }
        asked |= {f"SQL, {name}": partial(_ask, mine, words) for name, words in ASKED.items()}
        return {name: _times_of(ask, n_times) for name, ask in asked.items()}


def _ask(store: ClinicStore, words: str) -> None:
    with store.tables().read() as connection:
        connection.exec_driver_sql(words).all()


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
