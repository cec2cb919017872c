"""How long a clinic's database takes with many sessions: `python -m bench.database_load`.

One journal stands for all: its summary is what lists and pages read. Measured: the list of everybody, one patient's
rows, one session by its id; the median, the 99th percentile and the growth from a tenth of the sessions.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from postgres_server import PostgresServer, running_server
from sessions_folder import journal_text
from sql_stores import new_database

from cadencecoach.desk.caseload.looking import look_at_all
from cadencecoach.devices.clock import HostClock
from cadencecoach.record.profile import Profile
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.clinic_store import ClinicStore
from cadencecoach.store.spooling import SpoolingStore
