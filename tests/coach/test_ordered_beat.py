import math
from itertools import pairwise

import pytest
from beats import orders
from each_row import each_row
from hand_lines import records
from hypothesis import assume, given
from hypothesis import strategies as st
from journal_beats import beat_times_s

from cadencecoach.coach.actions import SetTempo
from cadencecoach.coach.ordered_beat import MAX_STRETCH, OrderedBeat
from cadencecoach.record.kinds import line_of


def played(*asked: tuple[float, float]) -> list[float]:
    """When beats fall in the 60 s after (time, tempo) orders, all but the first by key."""
    beat, given = OrderedBeat(), list[SetTempo]()
    for n, (time_s, tempo_spm) in enumerate(asked):
        order = beat.order(time_s, tempo_spm)
        moved = beat.move(order) if n else None
        until_s = asked[n + 1][0] if n + 1 < len(asked) else 1e9
        now = (order,) if moved is None else moved if moved[1].time_s < until_s else moved[:1]
        for one in now:
            beat = beat.after(one)
        given += now
    lines = [line for one in given if (line := line_of(one)) is not None]
    return list(beat_times_s([*lines, *records([{"t": asked[-1][0] + 60.0, "what": "end"}])]))


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


AT_180 = OrderedBeat().after(OrderedBeat().order(0.0, 180.0))


@each_row(
    "order",
    [SetTempo(time_s=5.1, timeline=None), AT_180.order(5.1, 175.0, 10.0), AT_180.order(5.3332, 220.0)],
)
def test_what_is_no_step_stands_as_it_is(order: SetTempo) -> None:
    """Silence, a ramp, and a place for the beat that has gone by."""
    assert AT_180.move(order) is None


def test_out_of_silence_there_is_nothing_to_move() -> None:
    """The first order begins the beat."""
    assert OrderedBeat().move(OrderedBeat().order(5.0, 180.0)) is None


TEMPOS = st.tuples(st.floats(0.0, 20.0), st.floats(60.0, 240.0), st.sampled_from([0.0, 5.0]))


@given(st.lists(TEMPOS, min_size=1, max_size=8))
def test_a_journals_tempo_lines_give_the_beats_that_were_ordered(asked: list[tuple[float, float, float]]) -> None:
    """Whoever adds up tempo and ramp, line by line, comes to the newest Timeline."""
    given = orders(*sorted(asked, key=lambda one: one[0]))
    lines = [line for one in given if (line := line_of(one)) is not None]
    beats_s = list(beat_times_s([*lines, *records([{"t": 40.0, "what": "end"}])]))
    newest = given[-1].timeline
    assert newest is not None
    last_beat = newest.beat_at(40.0)
    assume(abs(last_beat - round(last_beat)) > 1e-6)  # on the edge either is right
    last = math.ceil(last_beat) - 1
    assert beats_s[-1] == pytest.approx(newest.time_of(last), abs=1e-9)
    assert len(beats_s) == last + 1
