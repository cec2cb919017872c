"""A stop that is taken back gives the beat that would have sounded without it."""

from dataclasses import replace

import pytest
from coach_rig import AT_170, STAGE, CoachRig
from each_row import each_row
from hand_lines import records
from hypothesis import given
from hypothesis import strategies as st
from journal_beats import beat_times_s

from cadencecoach.coach.events import Key, PainRated
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import Beat, Fixed, Relative, Stage
from cadencecoach.record.kinds import line_of
from cadencecoach.record.line_json import json_of_line

UPTO_S = 60.0
PLANS: tuple[tuple[Stage, ...], ...] = (
    (AT_170,),
    (replace(AT_170, duration_s=21.3), replace(AT_170, target=Fixed(180.0))),
    (replace(AT_170, duration_s=20.7), replace(STAGE, target=Relative(0.08), ramp_s=30.0)),
    (replace(AT_170, duration_s=19.0), replace(STAGE, target=Relative(0.08), ramp_s=20.0)),
    (replace(AT_170, duration_s=21.0), replace(AT_170, beat=Beat.OFF, duration_s=1.0), AT_170),
    (replace(AT_170, duration_s=21.0), replace(AT_170, beat=Beat.OFF, duration_s=10.0), AT_170),
)


def beats_s(rig: CoachRig) -> list[float]:
    """When each beat fell, by the record's own rule."""
    lines = [json_of_line(line) for action in rig.actions if (line := line_of(action)) is not None]
    return list(beat_times_s(records([*lines, {"t": UPTO_S, "what": "estimate"}])))


def run(stages: tuple[Stage, ...], *, stop_s: float | None = None, for_s: float = 0.0) -> CoachRig:
    """A minute of running; stopped and taken back on the way, or not."""
    rig = CoachRig(*stages).until(0.0).feet(0.0, Feet.LIVE)
    if stop_s is not None:
        rig.press(stop_s - 1.0, Key.PAIN).take(PainRated(stop_s, 9)).press(stop_s + for_s, Key.TAKE_BACK)
    return rig.until(UPTO_S)


@pytest.mark.parametrize("stages", PLANS)
@given(st.floats(18.0, 22.0), st.floats(0.0, 3.0))
def test_the_beat_comes_back_where_it_would_have_been(stages: tuple[Stage, ...], stop_s: float, for_s: float) -> None:
    """Over stages that end, ramps, and silences meanwhile: each beat after it is one of the run without a stop."""
    without, stopped = beats_s(run(stages)), beats_s(run(stages, stop_s=stop_s, for_s=for_s))
    before = [time_s for time_s in stopped if time_s < stop_s]
    after = [time_s for time_s in stopped if time_s >= stop_s]
    assert before == pytest.approx([time_s for time_s in without if time_s < stop_s])
    assert after == pytest.approx(without[len(without) - len(after) :], abs=1e-6)
    n_expected = sum(time_s >= stop_s + for_s - 1e-6 for time_s in without)  # nearer is the same moment
    assert 0 <= n_expected - len(after) <= 2


@each_row("for_s", [0.2, 0.5, 0.9, 1.7])
def test_each_foot_keeps_its_click(for_s: float) -> None:
    """The beat begins again on an even beat: as many have passed as would have, give or take whole strides."""
    without, stopped = beats_s(run((AT_170,))), beats_s(run((AT_170,), stop_s=20.0, for_s=for_s))
    first_s = next(time_s for time_s in stopped if time_s >= 20.0)
    index = min(range(len(without)), key=lambda n: abs(without[n] - first_s))
    assert without[index] == pytest.approx(first_s)
    assert index % 2 == 0


def test_between_stop_and_return_no_beat_sounds() -> None:
    """Neither at the stage's end nor after it."""
    stopped = beats_s(run(PLANS[1], stop_s=20.0, for_s=2.9))
    assert [time_s for time_s in stopped if 20.0 <= time_s < 22.9] == []


def test_the_ramp_that_began_meanwhile_is_taken_up_half_way() -> None:
    """Tempo on the ramp, and what is left of it."""
    rig = run(PLANS[2], stop_s=20.0, for_s=2.0)
    (_, from_spm, _), (at_s, to_spm, ramp_s) = rig.tempos()[-2:]
    assert from_spm is not None
    assert 170.0 < from_spm < 172.8 - 0.1
    assert to_spm == pytest.approx(172.8)
    assert at_s + ramp_s == pytest.approx(50.7)


def test_a_second_stop_before_the_beat_is_back_stops_it_again() -> None:
    """Taken back at 21 s, something wrong a tenth later: silence."""
    rig = CoachRig(AT_170).runs((1, 20, 170.0)).press(20.0, Key.UNWELL).press(21.0, Key.TAKE_BACK)
    rig.press(21.01, Key.UNWELL).until(UPTO_S)
    assert [time_s for time_s in beats_s(rig) if time_s >= 20.0] == []
    assert rig.press(60.5, Key.PAIN).state.pain.is_stopped


def test_a_beat_that_begins_while_the_other_waits_begins_at_once() -> None:
    """The waiting beat's stage ended; the new one starts as it would have."""
    stages = (replace(AT_170, duration_s=21.1), replace(AT_170, beat=Beat.OFF, duration_s=0.05), AT_170)
    without, stopped = beats_s(run(stages)), beats_s(run(stages, stop_s=20.0, for_s=1.09))
    assert stopped[-50:] == pytest.approx(without[-50:])


def test_a_tempo_asked_for_by_key_moves_the_pending_beat() -> None:
    """The beat after the key falls one new interval after the beat before it, and the tempo is there with it."""
    rig = CoachRig(AT_170).until(0.0).press(30.1, Key.UP).until(UPTO_S)
    beats = beats_s(rig)
    after = next(n for n, beat_s in enumerate(beats) if beat_s > 30.1)
    assert beats[after] - beats[after - 1] == pytest.approx(60.0 / 171.0)
    assert beats[after + 1] - beats[after] == pytest.approx(60.0 / 171.0)
    _, way, there = rig.tempos()
    assert way[0] == 30.1
    assert there[0] == pytest.approx(beats[after])
    assert there[1:] == (171.0, 0.0)


def test_a_tempo_that_waits_is_forgotten_with_the_beat() -> None:
    """Up, and a pause before the next beat: the beat stops and stays stopped."""
    rig = CoachRig(AT_170).until(0.0).press(30.1, Key.UP).press(30.11, Key.PAUSE).until(38.0)
    assert rig.tempos()[-1][:2] == (30.11, None)


def test_a_tempo_that_waits_is_kept_back_with_the_beat_and_comes_back_with_it() -> None:
    """Up, and something wrong before the next beat: silence; taken back, the beat has the new tempo."""
    rig = CoachRig(AT_170).until(0.0).press(30.1, Key.UP).press(30.11, Key.UNWELL).until(32.0)
    assert rig.tempos()[-1][:2] == (30.11, None)
    assert rig.press(32.5, Key.TAKE_BACK).until(38.0).tempos()[-1][1] == 171.0
