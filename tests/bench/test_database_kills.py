"""A short form of bench/database_kills.py."""

import pytest
from postgres_server import running_server, why_not

from bench.database_kills import kill_at_random


@pytest.mark.slow
def test_nothing_is_lost_or_doubled_by_a_database_that_is_killed(pytestconfig: pytest.Config) -> None:
    """Whatever a computer was told is written is there once, byte for byte, once the database answers."""
    if reason := why_not():
        pytest.skip(reason)
    with running_server() as server:
        found = kill_at_random(server, 50 if pytestconfig.getoption("--long") else 3, seed=2)
    assert (found.lost, found.twice, found.changed) == ((), (), ())
    assert found.n_entries > found.n_kills > 0
    assert found.n_journals > 0
