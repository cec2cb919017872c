import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from coach_rig import STAGE, plan_of
from each_row import each_row
from page_rig import environment

from cadencecoach.coach.events import Key
from cadencecoach.coach.metronome import MetronomeSettings, metronome_plan
from cadencecoach.devices.reach.place import GIVEN_NAME, new_name
from cadencecoach.gait.reading import Reading
from cadencecoach.live.reach.unattended import PATIENCE_S, Unattended
from cadencecoach.plan.model import Plan
from cadencecoach.session.session import Session

OPEN = plan_of(replace(STAGE, duration_s=None))
PLANNED_S = 600.0
CLOSED = plan_of(replace(STAGE, duration_s=PLANNED_S))


def session_of(plan: Plan) -> Session:
    """Begun, and nobody moves."""
    session = Session(plan, baseline_spm=160.0, perform=lambda _: None)
    session.advance(0.1)
    return session


def forsaken_at(session: Session, time_s: float, n_watching: int = 0, display: Unattended | None = None) -> bool:
    """Whether it is given up at a time, looked at each minute."""
    display = display or Unattended()
    while session.now_s < time_s:
        session.advance(min(session.now_s + 60.0, time_s))
        display.note_watching(session, n_watching)
    return display.is_forsaken


METRONOME = metronome_plan(MetronomeSettings(from_spm=170.0, to_spm=170.0))
EDGES = [(PATIENCE_S - 0.25, False), (PATIENCE_S, False), (PATIENCE_S + 0.25, True)]


@each_row(("time_s", "is_forsaken"), EDGES)
@each_row("plan", [OPEN, METRONOME], ids=["open stage", "open metronome"])
def test_what_waits_for_a_key_and_nobody_cares_for_is_given_up(plan: Plan, time_s: float, *, is_forsaken: bool) -> None:
    """After a quarter of an hour, not at it and not before."""
    assert forsaken_at(session_of(plan), time_s) is is_forsaken


@each_row(("time_s", "is_forsaken"), EDGES)
def test_from_the_last_one_who_watched_it_waits_as_long(time_s: float, *, is_forsaken: bool) -> None:
    """A page that was closed is nobody."""
    session, display = session_of(OPEN), Unattended()
    assert not forsaken_at(session, 300.0, n_watching=1, display=display)
    assert forsaken_at(session, 300.0 + time_s, display=display) is is_forsaken


def test_it_goes_on_while_somebody_watches() -> None:
    """However long."""
    assert not forsaken_at(session_of(OPEN), 4 * PATIENCE_S, n_watching=1)


@pytest.mark.slow
def test_it_goes_on_while_somebody_runs_and_a_quarter_of_an_hour_after() -> None:
    """Also with nobody watching."""
    session, display = session_of(OPEN), Unattended()
    for second in range(1, int(2 * PATIENCE_S)):
        session.take_reading(Reading(time_s=float(second), cadence_spm=160.0))
        display.note_watching(session, 0)
    assert not display.is_forsaken
    assert not forsaken_at(session, 3 * PATIENCE_S - 60, display=display)
    assert forsaken_at(session, 3 * PATIENCE_S + 120, display=display)


def test_a_key_counts_as_somebody() -> None:
    """From the key on it waits as long again."""
    session, display = session_of(OPEN), Unattended()
    assert not forsaken_at(session, PATIENCE_S - 60, display=display)
    display.note_key(session)
    assert not forsaken_at(session, 2 * PATIENCE_S - 60, display=display)
    assert forsaken_at(session, 2 * PATIENCE_S - 59, display=display)


def test_a_session_within_its_plan_is_let_end_by_itself_and_a_pause_beyond_it_is_not() -> None:
    """It is in order that nobody watches what ends by itself."""
    long = session_of(plan_of(replace(STAGE, duration_s=4 * PATIENCE_S)))
    assert not forsaken_at(long, 3 * PATIENCE_S)
    paused = session_of(CLOSED)
    paused.press(paused.now_s, Key.PAUSE)
    display = Unattended()
    assert not forsaken_at(paused, PLANNED_S, display=display)
    assert forsaken_at(paused, PLANNED_S + PATIENCE_S, display=display)


def journal_of(tmp_path: Path, before: str = "") -> list[dict[str, Any]]:
    """The lines of a process as the page starts it, in which a quarter of an hour is a second."""
    program = (
        f"{before}import sys, cadencecoach.live.reach.unattended as one; one.PATIENCE_S = 1.0;"
        "from cadencecoach.cli.main import main;"
        "sys.exit(main(['metronome', '170', '--feet', 'none', '--sound', 'none']))"
    )
    given = {**environment(tmp_path), GIVEN_NAME: new_name()}
    subprocess.run([sys.executable, "-c", program], env=given, stdin=subprocess.DEVNULL, check=False, timeout=60)
    (journal,) = (tmp_path / "data" / "cadencecoach" / "sessions").glob("*.jsonl")
    return [json.loads(line) for line in journal.read_text().splitlines()]


@pytest.mark.slow
def test_a_metronome_that_is_given_up_ends_itself_and_is_saved(tmp_path: Path) -> None:
    """Its journal says why."""
    last = journal_of(tmp_path)[-1]
    assert (last["what"], last["reason"]) == ("end", "interrupted")


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fdatasync"), reason="how the slow disk is made")
def test_whoever_finds_no_session_finds_its_journal_whole(tmp_path: Path) -> None:
    """At the moment at which its place is removed, the last line is there, however slow the disk is."""
    seen = tmp_path / "seen"
    look = (
        "import os, shutil, sys, threading\n"
        "from pathlib import Path\n"
        "def look(event, told):\n"
        "    if event == 'os.remove' and str(told[0]).endswith('.place'):\n"
        f"        (journal,) = Path({str(tmp_path)!r}).glob('data/cadencecoach/sessions/*.jsonl')\n"
        f"        shutil.copyfile(journal, {str(seen)!r})\n"
        "sys.addaudithook(look)\n"
        "sync = os.fdatasync\n"
        "os.fdatasync = lambda file: (threading.Event().wait(0.6), sync(file))\n"
    )
    lines = journal_of(tmp_path, look)
    assert [json.loads(line) for line in seen.read_text().splitlines()] == lines
