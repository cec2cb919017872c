import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coach_rig import AT_170, STAGE, plan_of
from each_row import each_row
from hand_lines import records

from cadencecoach.coach.actions import Action, CueKind, CueReason, EnterStage, GiveCue, SetTempo
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.rsc import RscMeasurement, encode_rsc
from cadencecoach.gait.runner import Runner
from cadencecoach.gait.runner_settings import RunnerSettings
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.plan.model import Beat, CueStyle, Walk
from cadencecoach.plan.timeline import Timeline
from cadencecoach.record.line_json import json_of_line
from cadencecoach.session.feet import JournalledFeet, NoFeet, RecordedFeet, SensorFeed, SimulatedFeet
from cadencecoach.session.session import Session

PLAN = plan_of(replace(AT_170, name="Run", duration_s=300.0), replace(STAGE, name="Walk", target=Walk()))
POD_164 = encode_rsc(RscMeasurement(speed_mps=3.0, raw_per_min=82, is_running=True)).hex()
Lines = list[Mapping[str, Any]]


def delivered(feet: SensorFeed, until_s: float = 1000.0) -> Lines:
    """The lines of a session to which all events up to a time have been delivered."""
    lines: Lines = []
    session = Session(
        PLAN,
        baseline_spm=160.0,
        vote=Vote(unit=Unit.STRIDES),
        perform=lambda _: None,
        write=lambda line: lines.append(json_of_line(line)),
    )
    while feet.next_s() <= until_s:
        feet.deliver(session)
    return lines


def of(lines: Lines, *kinds: str) -> Lines:
    """Lines of some kinds."""
    return [line for line in lines if line["what"] in kinds]


def runner(**settings: float) -> Runner:
    """A simulated runner without chance in it."""
    return Runner(RunnerSettings(**{"own_spm": 160.0, "wander_spm": 0.0, "noise_spm": 0.0, **settings}), seed=1)


def ends(feet: SensorFeed) -> bool:
    """Whether it says that nothing more will come."""
    return feet.next_s() == math.inf


def test_no_feet_never_come() -> None:
    """No sensor: no event, whatever is asked of it."""
    feet = NoFeet()
    assert ends(feet)
    assert delivered(feet) == []


def test_a_recorded_run_comes_reading_by_reading() -> None:
    """Each at its own time, and then nothing more."""
    readings = [Reading(time_s=time_s, cadence_spm=164.0, speed_mps=3.0, hr_bpm=150.0) for time_s in (0.5, 2.0, 7.25)]
    feet = RecordedFeet(readings)
    assert feet.next_s() == 0.5
    lines = of(delivered(feet), "reading")
    assert [(line["t"], line["cadence_spm"], line["speed_mps"], line["hr_bpm"]) for line in lines] == [
        (time_s, 164.0, 3.0, 150.0) for time_s in (0.5, 2.0, 7.25)
    ]
    assert ends(feet)


def test_an_empty_recording_never_comes() -> None:
    """A file without a row is no sensor."""
    assert ends(RecordedFeet([]))


def test_a_journal_gives_its_bytes_again_and_not_what_became_of_them() -> None:
    """With payloads of the pod the readings beside them would count twice."""
    feet = JournalledFeet(
        records(
            [
                {"t": 1.0, "what": "payload", "source": "rsc", "hex": POD_164},
                {"t": 1.0, "what": "reading", "cadence_spm": 999.0},
                {"t": 1.5, "what": "payload", "source": "hr", "hex": "0096"},
                {"t": 2.0, "what": "payload", "source": "rsc", "hex": POD_164},
            ]
        )
    )
    lines = delivered(feet)
    assert [line["source"] for line in of(lines, "payload")] == ["rsc", "hr", "rsc"]
    assert [line["cadence_spm"] for line in of(lines, "reading")] == [164.0, 164.0]


def test_a_journal_without_the_pods_bytes_gives_its_readings() -> None:
    """Every field again, the missing ones missing; a heart-rate strap's bytes beside them as well."""
    feet = JournalledFeet(
        records(
            [
                {"t": 1.0, "what": "reading", "cadence_spm": 164.0, "speed_mps": 3.0, "is_running": True},
                {"t": 1.5, "what": "payload", "source": "hr", "hex": "0096"},
                {"t": 2.0, "what": "reading", "cadence_spm": None},
            ]
        )
    )
    lines = of(delivered(feet), "reading", "payload")
    assert lines == [
        {"t": 1.0, "what": "reading", "cadence_spm": 164.0, "speed_mps": 3.0, "is_running": True},
        {"t": 1.5, "what": "payload", "source": "hr", "hex": "0096"},
        {"t": 2.0, "what": "reading", "cadence_spm": None},
    ]


def test_a_journal_gives_its_keys_and_its_interruption_again() -> None:
    """Keys, the pain level, and an end that was none of the plan's; keys of a later version are let pass."""
    feet = JournalledFeet(
        records(
            [
                {"t": 1.0, "what": "key", "key": "mute"},
                {"t": 1.5, "what": "key", "key": "teleport"},
                {"t": 2.0, "what": "key", "key": "pain"},
                {"t": 3.0, "what": "key", "key": "digit", "level": 4},
                {"t": 3.5, "what": "mute", "is_muted": True},
                {"t": 4.0, "what": "end", "reason": "interrupted"},
            ]
        )
    )
    lines = of(delivered(feet), "key", "note", "end")
    assert [line.get("key") for line in of(lines, "key")] == ["mute", "pain", "digit"]
    assert [line.get("level") for line in of(lines, "note")] == [None, 4]
    assert lines[-1] == {"t": 4.0, "what": "end", "reason": "interrupted"}


def test_an_end_as_planned_is_not_delivered() -> None:
    """It comes by itself from the plan that runs now, which may be longer."""
    lines = delivered(JournalledFeet(records([{"t": 4.0, "what": "end", "reason": "finished"}])))
    assert of(lines, "end") == []


def test_a_simulated_pod_speaks_once_a_second() -> None:
    """Whole seconds from the first on; bytes of a pod that counts strides."""
    lines = delivered(SimulatedFeet(runner(), PLAN), until_s=60.0)
    assert [line["t"] for line in of(lines, "payload")] == [float(second) for second in range(1, 61)]
    assert {line["cadence_spm"] for line in of(lines, "reading")} == {160.0}


def test_a_simulated_pod_can_be_silent() -> None:
    """While it is lost time goes on and nothing is delivered."""
    lines = delivered(SimulatedFeet(runner(start_delay_s=20.0), PLAN), until_s=60.0)
    assert next(line["t"] for line in of(lines, "payload")) == 20.0


def cue(reason: CueReason) -> GiveCue:
    """Words at 10 s."""
    return GiveCue(time_s=10.0, kind=CueKind.SPOKEN, text="words", reason=reason, expires_s=15.0)


def stage(index: int) -> EnterStage:
    """A stage of the plan at 10 s."""
    return EnterStage(time_s=10.0, index=index, name="", band=None, beat=Beat.ON, feedback=CueStyle.WORDS)


@each_row(
    ("action", "low_spm", "high_spm"),
    [
        (SetTempo(time_s=10.0, timeline=Timeline.steady(start_s=10.0, tempo_spm=172.0)), 168.0, 172.0),
        (SetTempo(time_s=10.0, timeline=None), 159.0, 161.0),
        (cue(CueReason.BELOW), 161.0, 164.0),
        (cue(CueReason.ABOVE), 156.0, 159.0),
        (cue(CueReason.PLAN), 159.0, 161.0),
        (stage(0), 159.0, 161.0),
        (stage(1), 110.0, 114.0),
    ],
)
def test_a_simulated_runner_does_what_is_heard(action: Action, low_spm: float, high_spm: float) -> None:
    """Follows the beat, answers corrections, walks where the plan says so, and minds nothing else."""
    feet = SimulatedFeet(runner(drift_spm_per_10min=0.0), PLAN)
    feet.hear(action)
    late = [line["cadence_spm"] for line in of(delivered(feet, until_s=45.0), "reading") if line["t"] > 30.0]
    assert all(low_spm <= spm <= high_spm for spm in late)
