"""A short session with a simulated runner as a live one is kept: with its plan in its journal."""

from cadencecoach.gait.runner import Runner
from cadencecoach.gait.runner_settings import RunnerSettings
from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.plan.resolved import json_of_plan
from cadencecoach.record.journal import Header, line_text
from cadencecoach.record.lines import Line, PlanLine
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.feet import SimulatedFeet
from cadencecoach.session.rehearsal import rehearse
from cadencecoach.session.session import Session

PLAN = b"""plan: One minute
baseline: 160 spm
feedback: {dwell: 4 s, spacing: 10 s, cycle: 30 s}
stages:
  - {name: A, duration: 5 s, target: free}
  - {name: B, duration: 55 s, target: 172 spm, ramp: 0 s, beat: off}
"""


def kept_journal(athlete: str | None = None, started: str = "2026-03-02T08:00:00Z") -> bytes:
    """The bytes of its journal: a runner who stays at 160 and is corrected."""
    plan = load_plan(PLAN, "one.yaml")
    lines: list[Line] = [PlanLine(0.0, plan.text, json_of_plan(plan), None)]
    feet = SimulatedFeet(Runner(RunnerSettings(own_spm=160.0), seed=1), plan)
    session = Session(plan, perform=feet.hear, write=lines.append)
    rehearse(session, feet, output=NoAudio())
    header = Header(
        app="cadencecoach",
        started=started,
        plan_name=plan.name,
        plan_sha256="x",
        athlete=athlete,
        feet="ble",
        sound="none",
    )
    return "".join(f"{text}\n" for text in (header.line, *map(line_text, lines))).encode()
