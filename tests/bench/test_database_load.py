"""A short form of bench/database_load.py."""

import pytest
from postgres_server import PostgresServer

from bench.database_load import measure


@pytest.mark.slow
def test_a_clinic_does_not_wait_for_its_database(postgresql: PostgresServer) -> None:
    """The caseload, a patient and a session of a small clinic come in less than a person notices."""
    found = measure(postgresql, 100, 20, 5)
    assert {"caseload", "patient", "search"} < set(found)
    assert all(median_s < 1.0 for median_s, _ in found.values()), found
