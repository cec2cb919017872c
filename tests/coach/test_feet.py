"""Words about the sensor wait for other words, and never for a moment that is now."""

from dataclasses import replace

import pytest
from coach_rig import AT_170, CoachRig

from cadencecoach.coach.events import NEVER
from cadencecoach.coach.feet import tell_sensor
from cadencecoach.gait.reading import Feet


@pytest.mark.parametrize(("late_s", "waits"), [(-1e-3, False), (0.0, False), (9e-7, False), (2e-6, True)])
def test_words_that_end_within_the_edge_of_now_are_waited_for_no_more(late_s: float, *, waits: bool) -> None:
    """A timer within a millionth of a second is due; to wait for it once more would be to wait for ever."""
    state = replace(CoachRig(AT_170).until(1.0).state, now_s=10.0, busy_r=10.0 + late_s, feet=Feet.LIVE, is_loss_open=True)
    after, actions = tell_sensor(state)
    assert after.sensor_due_r == (state.busy_r if waits else NEVER)
    assert bool(actions) is not waits
