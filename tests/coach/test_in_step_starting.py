"""A beat out of silence waits for its footfall, where footfalls are told; nothing else about it changes."""

from dataclasses import replace

import pytest
from coach_rig import AT_170, STAGE, CoachRig
from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import SetTempo, WriteNote
from cadencecoach.coach.events import FeetChanged, Key, SoundDelayed, StepsHeard
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.feedback import CueStyle, Start
from cadencecoach.plan.model import Beat

STEP_S = 0.36
SHORT = replace(STAGE, duration_s=20.0)
GATED = replace(AT_170, beat=Beat.GATED, gate_on_s=10.0, gate_off_s=5.0)


def steps_upto(time_s: float) -> StepsHeard:
    """What a strap tells at a time: eight even steps, the newest a second ago, all on multiples of a step."""
    last = int((time_s - 1.0) / STEP_S)
    return StepsHeard(time_s, tuple(STEP_S * number for number in range(last - 7, last + 1)))


def rig_of(*stages: object, upto_s: float, delay_s: float = 0.0) -> CoachRig:
    """A runner with a strap, until a time."""
    rig = CoachRig(*stages).until(0.0).take(SoundDelayed(0.0, delay_s)).feet(0.0, Feet.LIVE)  # type: ignore[arg-type]
    time_s = 4.0
    while time_s < upto_s:
        rig.take(steps_upto(time_s))
        time_s += 0.5
    return rig


def beginnings(rig: CoachRig) -> list[float]:
    """When a beat began out of silence."""
    tempos = [action for action in rig.actions if isinstance(action, SetTempo)]
    before = [None, *(action.tempo_spm for action in tempos)][: len(tempos)]
    return [a.time_s for a, spm in zip(tempos, before, strict=True) if spm is None and a.tempo_spm is not None]


def off_step_s(time_s: float) -> float:
    """How far a moment is from the nearest footfall."""
    return time_s - STEP_S * round(time_s / STEP_S)


@each_row(
    ("stages", "from_s"),
    [
        ((SHORT, AT_170), 20.0),
        ((replace(SHORT, duration_s=20.1), replace(AT_170, ramp_s=30.0)), 20.1),
        ((replace(GATED, duration_s=40.0),), 15.0),
    ],
)
def test_out_of_silence_the_first_beat_waits_for_a_footfall(stages: tuple[object, ...], from_s: float) -> None:
    """A stage's beginning, with a ramp and without, and a beat that comes back: on a step, less than one later."""
    began_s = beginnings(rig_of(*stages, upto_s=from_s + 3.0))[-1]
    assert from_s <= began_s < from_s + STEP_S
    assert off_step_s(began_s) == pytest.approx(0.0, abs=1e-6)


def test_a_rescue_beat_comes_on_a_footfall() -> None:
    """A runner too slow for the band, helped by the beat alone: a dwell later, and less than a step."""
    feedback = replace(FEEDBACK, style=CueStyle.NONE, settle_s=1.0)
    rig = CoachRig(replace(AT_170, beat=Beat.RESCUE, feedback=feedback)).until(0.0).feet(0.0, Feet.LIVE)
    for second in range(4, 25):
        rig.run(second, second + 1, 155.0).take(steps_upto(second + 0.5))
    (began_s,) = beginnings(rig)
    assert off_step_s(began_s) == pytest.approx(0.0, abs=1e-6)
    assert 8.0 <= began_s < 16.0


def test_the_footfall_is_met_at_the_ear() -> None:
    """A card that is heard 130 ms later is told that much earlier, and the plan's phase is kept."""
    stage = replace(AT_170, feedback=replace(FEEDBACK, phase_s=0.03))
    (began_s,) = beginnings(rig_of(SHORT, stage, upto_s=23.0, delay_s=0.13))
    assert off_step_s(began_s + 0.13 - 0.03) == pytest.approx(0.0, abs=1e-6)


def test_after_a_pause_it_begins_in_step_again() -> None:
    """The steps go on through a pause of the session: the runner jogs on the spot."""
    rig = rig_of(SHORT, AT_170, upto_s=30.0).press(30.0, Key.PAUSE)
    for time_s in (31.0, 32.0, 33.0):
        rig.take(steps_upto(time_s))
    rig.press(33.1, Key.PAUSE).until(40.0)
    assert 33.1 <= beginnings(rig)[-1] < 33.1 + STEP_S
    assert off_step_s(beginnings(rig)[-1]) == pytest.approx(0.0, abs=1e-6)


@each_row("key", [Key.PAUSE, Key.STOP])
def test_a_beat_that_waits_is_forgotten_when_it_is_not_wanted_any_more(key: Key) -> None:
    """A pause or the end within that step: no beat begins later."""
    rig = rig_of(SHORT, AT_170, upto_s=20.0).until(20.0)
    assert beginnings(rig) == []
    rig.press(20.01, key).until(25.0)
    assert beginnings(rig) == []


def test_without_footfalls_and_for_a_walker_it_begins_at_once() -> None:
    """A pod tells none; a walker's are not told from the same place; `start: at once` asks for none."""
    assert beginnings(CoachRig(SHORT, AT_170).until(0.0).feet(0.0, Feet.LIVE).until(25.0)) == [20.0]
    walker = rig_of(SHORT, AT_170, upto_s=19.0).take(FeetChanged(19.0, Feet.WALKING)).take(steps_upto(19.5))
    assert beginnings(walker.until(25.0)) == [20.0]
    at_once = replace(AT_170, feedback=replace(FEEDBACK, start=Start.AT_ONCE))
    assert beginnings(rig_of(SHORT, at_once, upto_s=25.0)) == [20.0]


def test_how_well_it_was_met_is_noted_once() -> None:
    """When the steps after the first beat are known; without a start in step nothing is noted."""
    rig = rig_of(SHORT, AT_170, upto_s=30.0)
    notes = [action for action in rig.actions if isinstance(action, WriteNote)]
    assert [(note.about, note.text) for note in notes] == [("start", "first beat in step: asynchrony +0 ms")]
    assert beginnings(rig)[0] < notes[0].time_s < beginnings(rig)[0] + 3.0
    podless = CoachRig(SHORT, AT_170).until(30.0)
    assert not [action for action in podless.actions if isinstance(action, WriteNote)]


def test_steps_that_stop_leave_no_note() -> None:
    """The strap falls silent after the first beat: how it was met is never known."""
    rig = rig_of(SHORT, AT_170, upto_s=20.0).until(24.0).take(StepsHeard(40.0, (38.0, 38.4)))
    assert not [action for action in rig.actions if isinstance(action, WriteNote)]
