"""A connection to PostgreSQL that gives up a server which has stopped answering in the middle of a question."""

import logging
from collections.abc import Generator
from typing import Any, Final

import psycopg
from psycopg.abc import RV, PQGen

from cadencecoach.devices.clock import HostClock

SILENT_S: Final = 8.0  # longer than anybody waits for the lock of another program
_LOOK_EVERY_S: Final = 0.1
# What the driver has to say of a connection that broke stands in the error; alone it would stand on a person's screen.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


class _NoAnswerError(psycopg.OperationalError):
    """Nothing came for too long."""


class PatientConnection(psycopg.Connection[Any]):
    """As of the driver, but for how long it waits: libpq has no bound for a server that is there and says nothing."""

    def wait(self, gen: PQGen[RV], interval: float = _LOOK_EVERY_S, timeout: float | None = None) -> RV:
        """Wait for an answer; raises OperationalError where nothing comes for too long."""
        try:
            return super().wait(_bound_wait(gen), interval, timeout)
        except _NoAnswerError:
            self.pgconn.finish()  # what it was asked is still under way: nothing else can be asked over it
            raise


def _bound_wait(gen: PQGen[RV]) -> Generator[Any, Any, RV]:
    clock, heard_s = HostClock(), 0.0
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if ready:
                heard_s = clock.now_s()
            elif clock.now_s() - heard_s > SILENT_S:
                raise _NoAnswerError(f"no answer for {SILENT_S:g} s")
            wanted = gen.send(ready)
    except StopIteration as done:
        answer: RV = done.value
        return answer
