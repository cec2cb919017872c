"""Tests for sessions of three computers while the database of their clinic is killed and started at random."""

from pathlib import Path

import pytest
from killed_database import run_under_kills
from postgres_server import PostgresServer
from sound_servers import HAS_PULSE, NO_PULSE

pytestmark = [pytest.mark.slow, pytest.mark.timeout(500), pytest.mark.skipif(not HAS_PULSE, reason=NO_PULSE)]


def test_sessions_and_their_beats_are_unharmed_and_nothing_is_lost_or_there_twice(
    server: PostgresServer, tmp_path: Path
) -> None:
    """A short form of `python -m bench.database_kills --sessions 3`: one run on each computer, one of them heard."""
    if not server.is_running:
        server.start()
    ran = run_under_kills(server, tmp_path, n_kills=3, n_sessions=1, seconds=6, n_heard=1)
    assert ran.wrong == ()
    assert (ran.n_sessions, ran.n_said) == (3, 3)
    assert ran.n_kills >= 3
    assert ran.n_intervals > 10
    assert ran.n_off < ran.n_intervals / 2  # the sound server too is late on a busy machine; the bench says how often
