"""Tests for an open database: one set of connections, however many ask for it first."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from cadencecoach.store.sql_address import address_in
from cadencecoach.store.sql_database import Database

N_THREADS, N_TRIES = 4, 40


@pytest.fixture
def often_switched() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.slow
@pytest.mark.usefixtures("often_switched")
def test_threads_that_ask_first_at_once_have_the_same_connections(tmp_path: Path) -> None:
    """None of them is left with connections that nobody closes; so has whoever is served over the same ones."""
    at_once = Barrier(N_THREADS)

    def ask(database: Database) -> int:
        at_once.wait()
        return id(database.for_person("anna").engine)

    with ThreadPoolExecutor(N_THREADS) as pool:
        for number in range(N_TRIES):
            database = Database(address_in(f"sqlite:///{tmp_path}/{number}.sqlite"))
            found = set(pool.map(ask, [database] * N_THREADS))
            assert found == {id(database.engine)}
            database.close()
