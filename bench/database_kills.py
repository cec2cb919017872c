"""The database of a clinic killed and started at random under three computers: `python -m bench.database_kills`.

Each round a computer writes entries, a session's journal, or both, and the server is killed or started at any moment
in between. At the end every computer hands over. Counted: entries and journals that a computer was told are written,
and those the database has, each exactly once and byte for byte. With `--sessions N`, three computers meanwhile run N
real sessions, one after the other (tests/support/killed_database.py), and the beats that were heard are counted too.
"""

import argparse
import io
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from killed_database import run_under_kills
from postgres_server import PostgresServer, running_server
from sessions_folder import journal_text
from sql_stores import clinic_store, new_database

from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.profile import Profile
from cadencecoach.store.clinic_store import ClinicStore
from cadencecoach.store.sql_store import SqlStore

COMPUTERS, ATHLETES = ("a", "b", "c"), ("r7", "r8", "r9")
SAID = CheckIn(at="", day=date(2026, 3, 2), moment=Moment.BEFORE, pain=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What it came to.

    Attributes:
        n_kills: of the server
        n_entries, n_journals: that computers were told are written
        lost, twice, changed: which of them the database lacks, has more often, or has otherwise
    """

    n_kills: int
    n_entries: int
    n_journals: int
    lost: tuple[str, ...]
    twice: tuple[str, ...]
    changed: tuple[str, ...]


def kill_at_random(server: PostgresServer, n_kills: int, seed: int) -> Found:
    """Write, kill and start until the server was killed so often; then hand over and compare."""
    draw = random.Random(seed)  # noqa: S311  # no secret
    with tempfile.TemporaryDirectory() as folder, new_database(server) as shared:
        for athlete in ATHLETES:
            shared.write_profile(Profile(athlete=athlete))
        for name in COMPUTERS:
            begun(shared, Path(folder) / name).settle()
        entries: list[tuple[str, str]] = []
        journals: dict[str, bytes] = {}
        killed = number = 0
        while killed < n_kills or not server.is_running:
            number += 1
            if draw.random() < 0.5:  # as often as not
                killed += server.is_running
                (server.kill if server.is_running else server.start)()
            store = begun(shared, Path(folder) / draw.choice(COMPUTERS))
            athlete, day = draw.choice(ATHLETES), SAID.day + timedelta(days=number)
            at = f"{day}T07:00:00Z"
            store.add_entries(athlete, replace(SAID, at=at, day=day), replace(SAID, at=at, day=day, pain=1))
            entries += [(athlete, f"{at} {pain}") for pain in (0, 1)]
            raw = journal_text(started=f"{day}T08:00:00Z", athlete=athlete).encode()
            if store.add_journal(f"{day}T080000Z", io.BytesIO(raw)):
                journals[f"{day}T080000Z"] = raw
        for name in COMPUTERS:
            begun(shared, Path(folder) / name).settle()
        return compare(shared, entries, journals, killed)


def begun(shared: SqlStore, folder: Path) -> ClinicStore:
    """A program on a computer that begins now, with connections of its own."""
    shared.database.close()
    return clinic_store(shared, folder)


def compare(shared: SqlStore, entries: list[tuple[str, str]], journals: dict[str, bytes], n_kills: int) -> Found:
    """What was written and what the database has."""
    there = Counter(
        (athlete, f"{one.at} {one.pain}")
        for athlete in ATHLETES
        for one in shared.log_of(athlete).every
        if isinstance(one, CheckIn)
    )
    kept = {session: shared.open_journal(session).read() for session in shared.session_ids()}
    lost = [f"{whose} {what}" for whose, what in entries if not there[whose, what]]
    return Found(
        n_kills=n_kills,
        n_entries=len(entries),
        n_journals=len(journals),
        lost=(*lost, *(journals.keys() - kept.keys())),
        twice=(*(f"{whose} {what}" for (whose, what), n in there.items() if n > 1), *(kept.keys() - journals.keys())),
        changed=tuple(key for key, raw in journals.items() if kept.get(key, raw) != raw),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sessions", type=int, default=0, help="on each of three computers; 0 only writes")
    parser.add_argument("--seconds", type=int, default=60, help="each of them lasts")
    asked = parser.parse_args()
    with running_server() as one, tempfile.TemporaryDirectory() as home:
        if asked.sessions:
            print(
                run_under_kills(
                    one,
                    Path(home),
                    n_kills=asked.kills,
                    n_sessions=asked.sessions,
                    seconds=asked.seconds,
                    seed=asked.seed,
                )
            )
        else:
            print(kill_at_random(one, asked.kills, asked.seed))
