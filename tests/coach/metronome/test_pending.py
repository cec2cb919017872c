from itertools import pairwise

import pytest
from hand_lines import records
from hypothesis import given, settings
from hypothesis import strategies as st

from cadencecoach.coach.actions import SetTempo
from cadencecoach.coach.metronome.pending import MAX_STRETCH, PendingBeat
from cadencecoach.record.beats import beat_times_s


def played(*asked: tuple[float, float]) -> list[float]:
    """When beats fall in the 60 s after (time, tempo) orders, all but the first by key."""
    pending, lines = PendingBeat(), []
    queue = [SetTempo(time_s=time_s, tempo_spm=tempo_spm) for time_s, tempo_spm in asked]
    for n, order in enumerate(queue):
        orders = pending.moved(order) if n else None
        pending = pending.ordered(order if orders is None else orders[0])
        given = [order if orders is None else orders[0]]
        until_s = queue[n + 1].time_s if n + 1 < len(queue) else 1e9
        if orders is not None and orders[1].time_s < until_s:
            pending = pending.ordered(orders[1])
            given.append(orders[1])
        lines += [{"t": one.time_s, "what": "tempo", "spm": one.tempo_spm, "ramp_s": 0.0} for one in given]
    return list(beat_times_s(records([*lines, {"t": asked[-1][0] + 60.0, "what": "end"}])))


@settings(deadline=None)
@given(st.floats(0.0, 10.0), st.floats(100.0, 220.0), st.floats(-10.0, 10.0))
def test_the_next_beat_comes_one_new_interval_after_the_last(at_s: float, tempo_spm: float, by_spm: float) -> None:
    """Wherever in the beat a step of tempo is asked for; unless that place is gone by, or near: then the beat stays."""
    beats = played((0.0, tempo_spm), (at_s, tempo_spm + by_spm))
    after = [(one, other) for one, other in pairwise(beats) if other > at_s]
    want_s = 60.0 / (tempo_spm + by_spm)
    first, *rest = [other - one for one, other in after]
    assert first == pytest.approx(want_s, abs=1e-6) or after[0][1] - at_s <= want_s / MAX_STRETCH + 1e-6
    assert rest == pytest.approx([want_s] * len(rest), abs=1e-6)


def test_key_after_key_moves_the_same_beat_again() -> None:
    """Three presses within one interval: the pending beat falls one interval of the last tempo after the last beat."""
    beats = played((0.0, 180.0), (10.05, 181.0), (10.1, 182.0), (10.15, 183.0))
    last_s = max(beat_s for beat_s in beats if beat_s <= 10.05)
    assert last_s == pytest.approx(10.0)
    assert min(beat_s for beat_s in beats if beat_s > 10.05) == pytest.approx(10.0 + 60.0 / 183.0)


@pytest.mark.parametrize(
    "order",
    [
        SetTempo(time_s=5.1, tempo_spm=None),
        SetTempo(time_s=5.1, tempo_spm=175.0, ramp_s=10.0),
        SetTempo(time_s=5.3332, tempo_spm=220.0),
    ],
)
def test_what_is_no_step_stands_as_it_is(order: SetTempo) -> None:
    """Silence, a ramp, and a place for the beat that has gone by."""
    beat = PendingBeat().ordered(SetTempo(time_s=0.0, tempo_spm=180.0))
    assert beat.moved(order) is None


def test_out_of_silence_there_is_nothing_to_move() -> None:
    """The first order begins the beat."""
    assert PendingBeat().moved(SetTempo(time_s=5.0, tempo_spm=180.0)) is None
