"""Wall clocks that jump: a session reckons with none of them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.record.journal import read_journal
from cadencecoach.record.lines import PayloadLine

pytestmark = pytest.mark.slow

PLAN = "plan: Live\nstages:\n  - {name: A, duration: 3 s, target: 170 spm}\n"
# Every look at the wall clock finds it elsewhere: an hour ahead, an hour back, in another century.
JUMPING = """
import datetime as calendar, itertools, sys, time
jumps = itertools.cycle([0.0, 3600.0, -3600.0, 1e9, -1e9])
real_time = time.time
time.time = lambda: real_time() + next(jumps)
time.time_ns = lambda: int(time.time() * 1e9)
class Jumping(calendar.datetime):
    @classmethod
    def now(cls, tz=None):
        return calendar.datetime.fromtimestamp(time.time(), tz)
from cadencecoach.devices import clock
clock.datetime = Jumping
from cadencecoach.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_clock_that_jumps_breaks_nothing(tmp_path: Path) -> None:
    """NTP, summer time, a battery that was empty: session time goes on evenly, and the header has a label."""
    plan, journal = tmp_path / "plan.yaml", tmp_path / "a.jsonl"
    plan.write_text(PLAN, encoding="utf-8")
    words = ["run", str(plan), "--feet", "sim", "--sound", "none", "--journal", str(journal), "--json"]
    line = [sys.executable, "-c", JUMPING, *words]
    done = subprocess.run(line, check=True, capture_output=True, text=True, timeout=60)
    assert json.loads(done.stdout[done.stdout.index("{") :])["session"]["duration_s"] == 3.0
    read = read_journal(journal_lines(journal))
    assert read.notes == ()  # time does not go back
    assert [line.t for line in read.lines if isinstance(line, PayloadLine)] == [1.0, 2.0, 3.0]
    assert read.header["started"].endswith("Z")
    assert len(read.header["day"]) == len("2026-03-01")


def test_a_rehearsal_is_the_same_to_the_byte_in_every_zone(tmp_path: Path) -> None:
    """Its day is that of the start it was given, wherever and whenever it is made again."""
    written: list[bytes] = []
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles"):  # never the same day there
        journal = tmp_path / f"{len(written)}.jsonl"
        words = ["rehearse", "demo", "--started", "2026-03-29T23:30:00Z", "--journal", str(journal)]
        line = [sys.executable, "-m", "cadencecoach", *words]
        subprocess.run(line, check=True, capture_output=True, timeout=60, env={**os.environ, "TZ": zone})
        written.append(journal.read_bytes())
    assert written[0] == written[1]
    assert json.loads(written[0].splitlines()[0])["day"] == "2026-03-29"
