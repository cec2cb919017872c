"""A year of a made-up athlete as journals: 150 rehearsals with a simulated runner. A simulation, and marked as one.

    uv run python bench/year.py FOLDER

Put in: a rise over 14 weeks, a plateau, five weeks without a run, a rise again, and a week of pain (a note by key, in
the journals; `tests/support/athlete_year.py` has the days).
"""

import math
import sys
from pathlib import Path

from cadencecoach.store.machine import NO_MACHINE

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from athlete_year import ATHLETE, OWN_SPM, Day, days

from cadencecoach.coach.actions import Action
from cadencecoach.coach.events import Key
from cadencecoach.live.opening.outputs import replace_journal
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import prepare, session_of
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.feet import SensorFeed
from cadencecoach.session.recorder import SessionRecorder
from cadencecoach.session.rehearsal import rehearse
from cadencecoach.session.session import Session
from cadencecoach.store.user_store import user_store

PLAN = """plan: Twelve minutes, plus 5 percent
baseline: athlete
stages:
  - {name: As you are, duration: 3 min, target: +5 %, tolerance: 3 %, beat: off, feedback: none}
  - {name: With the beat, duration: 8 min, target: +5 %, tolerance: 3 %}
  - {name: Cool-down, duration: 1 min, target: free}
"""
PAIN_S = 600.0


def write_year(folder: Path, seed: int = 1) -> tuple[str, int]:
    """Rehearse the year into a folder of journals; the athlete's name, and how many sessions there are."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    plan = folder.parent / "year.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    year = days(seed)
    for number, day in enumerate(year):
        _write_session(folder, plan, day, number)
    return ATHLETE, len(year)


def _write_session(folder: Path, plan: Path, day: Day, number: int) -> None:
    """One session; the simulated runner's own cadence is that of the day without help."""
    gain = (day.helped_spm - day.alone_spm) / (OWN_SPM * 1.05 - day.alone_spm)
    runner = (
        f"sim:spm={day.alone_spm:.2f},speed={day.speed_mps:.2f},beat_gain={min(max(gain, 0.0), 1.5):.2f},max_change=0.2"
    )
    request = Request(
        plan_name=str(plan),
        feet_text=runner,
        sound_text="none",
        baseline_spm=OWN_SPM,
        athlete=ATHLETE,
        seed=number + 1,
        started=f"{day.day.isoformat()}T07:00:00Z",
    )
    prepared = prepare(user_store(), request, {"rehearsal": True})
    with replace_journal(NO_MACHINE, folder / f"{day.id}.jsonl", prepared.header.line) as file:
        recorder = SessionRecorder(file, prepared.plan, prepared.baseline_spm)
        output = NoAudio()
        session = session_of(prepared, output, recorder)
        rehearse(session, RatingFeet(prepared.opened.feet, day.pain), output=output)


class RatingFeet:
    """A source of steps whose runner also presses the key for pain once, late in the run.

    Args:
        feet: the source
        level: what is rated
    """

    def __init__(self, feet: SensorFeed, level: int) -> None:
        """Nothing is rated yet."""
        self._feet = feet
        self._level = level
        self._rates_s = PAIN_S

    def pass_by(self, time_s: float) -> None:
        """Let go by what comes up to a time."""
        self._feet.pass_by(time_s)

    def next_s(self) -> float:
        """The next reading, or the key."""
        return min(self._feet.next_s(), self._rates_s)

    def deliver(self, session: Session) -> None:
        """Hand it over."""
        if self._feet.next_s() < self._rates_s:
            self._feet.deliver(session)
            return
        session.press(self._rates_s, Key.PAIN)
        session.rate_pain(self._rates_s, self._level)
        self._rates_s = math.inf

    def hear(self, action: Action) -> None:
        """The source listens."""
        self._feet.hear(action)


if __name__ == "__main__":
    print(*write_year(Path(sys.argv[1])))
