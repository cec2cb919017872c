"""A server that is killed, and computers of its clinic."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from postgres_server import PostgresServer, running_server, why_not
from sql_stores import clinic_store, new_database

from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.clinic_store import ClinicStore
from cadencecoach.store.programme_files import find_programme, open_programme

DAY, AT = date(2026, 3, 2), "2026-03-02T07:00:00Z"
Computer = Callable[[str], ClinicStore]


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """One that is killed and started by these tests alone."""
    if reason := why_not():
        pytest.skip(reason)
    with running_server() as one:
        yield one


@pytest.fixture
def computer(server: PostgresServer, tmp_path: Path) -> Iterator[Computer]:
    """Computers by name, each as a program that begins now; r7 is on a programme, and all have seen it."""
    if not server.is_running:
        server.start()
    with new_database(server) as store:

        def begun(name: str) -> ClinicStore:
            store.database.close()  # each program has connections of its own
            return clinic_store(store, tmp_path / name)

        first = begun("a")
        first.write_profile(Profile(athlete="r7"))
        raw, programme = open_programme(find_programme("clinic8"))
        begin(
            first, ProgrammeOrder(athlete="r7", raw=raw, programme=programme, level=None, because=None, at=AT, day=DAY)
        )
        begun("b").settle()
        yield begun
